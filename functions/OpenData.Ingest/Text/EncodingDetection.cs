using System.Buffers;
using System.Text.Unicode;
using OpenData.Ingest.Records;

namespace OpenData.Ingest.Text;

/// <summary>Finds out how a text is encoded.</summary>
internal static class EncodingDetection
{
    private const int BlockSize = 1 << 18;

    /// <summary>Encodings whose plausibility differs by less are both possible.</summary>
    private const double CloseCall = 0.05;

    /// <summary>Text of no encoding looks right with less.</summary>
    private const double LeastPlausible = 0.3;

    /// <summary>
    /// Guesses from the beginning: UTF-16 and UTF-8 show themselves. Null if only the whole file can tell. UTF-8 is a guess that reading on
    /// must confirm, for a file may be plain ASCII for long.
    /// </summary>
    public static TextEncoding? Guess(SourceContent source)
    {
        using var stream = source.Open();
        var block = ArrayPool<byte>.Shared.Rent(BlockSize);
        var read = stream.ReadAtLeast(block.AsSpan(0, BlockSize), BlockSize, throwOnEndOfStream: false);
        var guess = Guess(block.AsSpan(0, read), whole: read < BlockSize);
        ArrayPool<byte>.Shared.Return(block);
        return guess;
    }

    /// <summary>
    /// Decides among the encodings with a byte beyond ASCII over the whole file. UTF-8 wins if nearly all of those bytes are its
    /// characters; both it and CP949, if each word is in one of them; otherwise the encoding in which the text looks most like one that
    /// somebody wrote (<see cref="TextPlausibility"/>).
    /// </summary>
    public static TextEncoding Decide(SourceContent source)
    {
        using var stream = source.Open();
        var block = new byte[BlockSize];
        var utf8 = new Utf8Evidence();
        var sample = new EncodingSample();
        var mark = -1;
        while (stream.ReadAtLeast(block, 3, throwOnEndOfStream: false) is var read and > 0)
        {
            if (mark < 0) mark = block.AsSpan(0, read).StartsWith((ReadOnlySpan<byte>)[0xEF, 0xBB, 0xBF]) ? 3 : 0;
            utf8.Read(block.AsSpan(0, read));
            sample.Read(block.AsSpan(0, read));
        }

        sample.Finish();
        var marked = Math.Max(0, mark);
        if (IsMixed(sample))
        {
            var main = sample.Utf8Words >= sample.Cp949Words ? TextEncoding.Utf8 : TextEncoding.Cp949;
            return main with { IsMixed = true, MarkLength = marked };
        }

        // Plain ASCII, or UTF-8 with a broken byte here and there: as Korean nearly everything would be broken or rare.
        return utf8.Broken * 4 <= utf8.Characters ? TextEncoding.Utf8 with { MarkLength = Math.Max(0, mark) } : MostPlausible(sample.Lines);
    }

    /// <summary>Whether there are words of UTF-8 and words of CP949, and nearly none that are neither.</summary>
    private static bool IsMixed(EncodingSample sample) =>
        sample.Utf8Words > 0 && sample.Cp949Words > 0 && sample.UnknownWords * 20 <= sample.Utf8Words + sample.Cp949Words;

    private static TextEncoding MostPlausible(ReadOnlySpan<byte> lines)
    {
        var scores = new List<(TextEncoding Encoding, double Score)>();
        foreach (var system in WritingSystem.All)
        {
            foreach (var encoding in system.Encodings) scores.Add((encoding, TextPlausibility.Of(lines, encoding.Encoding, system)));
        }

        var ranked = scores
            .GroupBy(score => score.Encoding.Name)
            .Select(group => group.MaxBy(score => score.Score))
            .OrderByDescending(score => score.Score)
            .ToList();
        var text = ranked[0].Encoding.Encoding.GetString(lines);
        // Of encodings that read the same text, the one that is named first is the more usual one.
        var best = TextEncoding.Utf8;
        foreach (var (encoding, score) in scores)
        {
            if (score <= ranked[0].Score - CloseCall || encoding.Encoding.GetString(lines) != text) continue;
            best = encoding;
            break;
        }

        List<string> close = [];
        foreach (var (encoding, score) in ranked.Skip(1))
        {
            if (score > ranked[0].Score - CloseCall && encoding.Encoding.GetString(lines) != text) close.Add(encoding.Name);
        }

        if (ranked[0].Score < LeastPlausible && close.Count == 0) close.Add(ranked[1].Encoding.Name);
        return best with { Alternatives = close };
    }

    private static TextEncoding? Guess(ReadOnlySpan<byte> bytes, bool whole)
    {
        if (bytes.StartsWith((ReadOnlySpan<byte>)[0xEF, 0xBB, 0xBF])) return TextEncoding.Utf8 with { MarkLength = 3 };

        if (bytes.StartsWith((ReadOnlySpan<byte>)[0xFF, 0xFE])) return TextEncoding.Utf16LittleEndian with { MarkLength = 2 };

        if (bytes.StartsWith((ReadOnlySpan<byte>)[0xFE, 0xFF])) return TextEncoding.Utf16BigEndian with { MarkLength = 2 };

        if (UnmarkedUtf16(bytes) is { } utf16) return utf16;

        return Utf8.IsValid(bytes[..(whole ? bytes.Length : Utf8Blocks.LastWhole(bytes))]) ? TextEncoding.Utf8 : null;
    }

    /// <summary>Whether a file that begins so is UTF-16, with or without its mark.</summary>
    public static bool LooksLikeUtf16(ReadOnlySpan<byte> head) =>
        head.StartsWith((ReadOnlySpan<byte>)[0xFF, 0xFE])
            || head.StartsWith((ReadOnlySpan<byte>)[0xFE, 0xFF]) || UnmarkedUtf16(head) is not null;

    private static TextEncoding? UnmarkedUtf16(ReadOnlySpan<byte> bytes)
    {
        int even = 0, odd = 0;
        var looked = Math.Min(bytes.Length, 4096) & ~1;
        for (var i = 0; i < looked; i += 2)
        {
            even += bytes[i] == 0 ? 1 : 0;
            odd += bytes[i + 1] == 0 ? 1 : 0;
        }

        // In text, delimiters, digits and line breaks alone make a good part of the high bytes zero; a low byte is zero in few characters,
        // such as 가.
        if (looked < 8) return null;

        if (odd * 10 > looked && even * 4 < odd) return TextEncoding.Utf16LittleEndian;

        return even * 10 > looked && odd * 4 < even ? TextEncoding.Utf16BigEndian : null;
    }

    /// <summary>Counts UTF-8's characters beyond ASCII, and bytes that are part of none.</summary>
    private struct Utf8Evidence
    {
        private int _expected;

        public long Characters { get; private set; }

        public long Broken { get; private set; }

        public void Read(ReadOnlySpan<byte> bytes)
        {
            foreach (var c in bytes)
            {
                if (_expected > 0 && c is >= 0x80 and < 0xC0)
                {
                    if (--_expected == 0) Characters++;

                    continue;
                }

                if (_expected > 0) Broken++;

                _expected = c switch { < 0x80 => 0, < 0xC2 => -1, < 0xE0 => 1, < 0xF0 => 2, < 0xF5 => 3, _ => -1 };
                if (_expected < 0)
                {
                    Broken++;
                    _expected = 0;
                }
            }
        }
    }
}
