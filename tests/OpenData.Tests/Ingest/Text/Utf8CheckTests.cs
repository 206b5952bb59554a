using System.Text;
using System.Text.Unicode;
using CsCheck;
using OpenData.Ingest.Text;

namespace OpenData.Tests.Ingest.Text;

[Trait("Category", "Unit")]
public sealed class Utf8CheckTests
{
    private static readonly string[] Characters =
        ["a", ",", "\0", "é", "가", "힣", "\uD7FF", "\uE000", "\uFFFD", "\uFFFF", "\U00010000", "😀", "\U0010FFFF"];

    /// <summary>Bytes at which one way to be wrong ends and another, or none, begins.</summary>
    private static readonly byte[] Edges = [
        0x00, 0x7F, 0x80, 0x8F, 0x90, 0x9F, 0xA0, 0xBF, 0xC0, 0xC1, 0xC2, 0xDF, 0xE0, 0xE1, 0xEC, 0xED, 0xEE, 0xEF, 0xF0, 0xF1, 0xF3, 0xF4,
        0xF5, 0xFF
    ];

    [Fact]
    public void Every_sequence_of_up_to_four_edges_is_judged_as_the_framework_judges_it()
    {
        Span<byte> bytes = stackalloc byte[4];
        for (var number = 0; number < Edges.Length * Edges.Length * Edges.Length * Edges.Length; number++)
        {
            for (int i = 0, rest = number; i < bytes.Length; i++, rest /= Edges.Length) bytes[i] = Edges[rest % Edges.Length];

            for (var length = 0; length <= bytes.Length; length++)
            {
                Assert.Equal(Utf8.IsValid(bytes[..length]), Utf8Check.IsValid(bytes[..length]));
            }
        }
    }

    [Fact]
    public void A_fault_is_found_wherever_it_stands() =>
        Gen.Select(
            Gen.Int[0, Characters.Length - 1].Select(i => Characters[i]).Array[0, 60],
            Gen.Int[0, 200],
            Gen.Int[0, Edges.Length - 1].Select(i => Edges[i]),
            Gen.Int[0, 3]).Sample((characters, at, edge, cut) =>
        {
            var bytes = Encoding.UTF8.GetBytes(string.Concat(characters));
            Assert.True(Utf8Check.IsValid(bytes));
            if (bytes.Length == 0) return;

            bytes[at % bytes.Length] = edge;
            bytes = bytes[..^Math.Min(cut, bytes.Length)];
            Assert.Equal(Utf8.IsValid(bytes), Utf8Check.IsValid(bytes));
        });
}
