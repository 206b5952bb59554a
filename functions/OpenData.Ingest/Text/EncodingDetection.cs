using System.Buffers;
using System.Text.Unicode;
using OpenData.Ingest.Records;

namespace OpenData.Ingest.Text;

/// <summary>Finds out how a text is encoded.</summary>
internal static class EncodingDetection
{
    private const int BlockSize = 1 << 18;

    /// <summary>
    /// Guesses from the beginning: UTF-16 and UTF-8 show themselves. Null if only the whole file can tell. UTF-8 is a guess that reading on must confirm,
    /// for a file may be plain ASCII for long.
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
    /// Decides among the encodings with a byte beyond ASCII by counting, over the whole file, how much of it each one explains. UTF-8 wins if
    /// nearly all of those bytes are its characters; Korean, if they come in its pairs; Western otherwise.
    /// </summary>
    public static TextEncoding Decide(SourceContent source)
    {
        using var stream = source.Open();
        var block = new byte[BlockSize];
        var utf8 = new Utf8Evidence();
        var korean = new KoreanEvidence();
        while (stream.Read(block) is var read and > 0)
        {
            utf8.Read(block.AsSpan(0, read));
            korean.Read(block.AsSpan(0, read));
        }

        // Plain ASCII, or UTF-8 with a broken byte here and there: as Korean nearly everything would be broken or rare.
        if (utf8.Broken * 4 <= utf8.Characters)
            return TextEncoding.Utf8;

        return korean.Syllables > 0 && korean.Broken * 4 <= korean.Pairs && korean.Syllables * 2 >= korean.Pairs ? TextEncoding.Cp949 : TextEncoding.Windows1252;
    }

    private static TextEncoding? Guess(ReadOnlySpan<byte> bytes, bool whole)
    {
        if (bytes.StartsWith((ReadOnlySpan<byte>)[0xEF, 0xBB, 0xBF]))
            return TextEncoding.Utf8 with { MarkLength = 3 };

        if (bytes.StartsWith((ReadOnlySpan<byte>)[0xFF, 0xFE]))
            return TextEncoding.Utf16LittleEndian with { MarkLength = 2 };

        if (bytes.StartsWith((ReadOnlySpan<byte>)[0xFE, 0xFF]))
            return TextEncoding.Utf16BigEndian with { MarkLength = 2 };

        if (UnmarkedUtf16(bytes) is { } utf16)
            return utf16;

        return Utf8.IsValid(bytes[..(whole ? bytes.Length : Utf8Blocks.LastWhole(bytes))]) ? TextEncoding.Utf8 : null;
    }

    /// <summary>Whether a file that begins so is UTF-16, with or without its mark.</summary>
    public static bool LooksLikeUtf16(ReadOnlySpan<byte> head) =>
        head.StartsWith((ReadOnlySpan<byte>)[0xFF, 0xFE]) || head.StartsWith((ReadOnlySpan<byte>)[0xFE, 0xFF]) || UnmarkedUtf16(head) is not null;

    private static TextEncoding? UnmarkedUtf16(ReadOnlySpan<byte> bytes)
    {
        int even = 0, odd = 0;
        var looked = Math.Min(bytes.Length, 4096) & ~1;
        for (var i = 0; i < looked; i += 2)
        {
            even += bytes[i] == 0 ? 1 : 0;
            odd += bytes[i + 1] == 0 ? 1 : 0;
        }

        // In text, delimiters, digits and line breaks alone make a good part of the high bytes zero; a low byte is zero in few characters, such as 가.
        if (looked < 8)
            return null;

        if (odd * 10 > looked && even * 4 < odd)
            return TextEncoding.Utf16LittleEndian;

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
                    if (--_expected == 0)
                        Characters++;

                    continue;
                }

                if (_expected > 0)
                    Broken++;

                _expected = c switch { < 0x80 => 0, < 0xC2 => -1, < 0xE0 => 1, < 0xF0 => 2, < 0xF5 => 3, _ => -1 };
                if (_expected < 0)
                {
                    Broken++;
                    _expected = 0;
                }
            }
        }
    }

    /// <summary>Counts the pairs of CP949, those of them that are common Hangul syllables, and bytes that are part of no pair.</summary>
    private struct KoreanEvidence
    {
        private byte _lead;

        public long Pairs { get; private set; }

        public long Syllables { get; private set; }

        public long Broken { get; private set; }

        public void Read(ReadOnlySpan<byte> bytes)
        {
            foreach (var c in bytes)
            {
                if (_lead == 0)
                {
                    if (c is >= 0x81 and <= 0xFE)
                        _lead = c;
                    else if (c >= 0x80)
                        Broken++;

                    continue;
                }

                var common = _lead is >= 0xB0 and <= 0xC8 && c is >= 0xA1 and <= 0xFE;
                var valid = c is >= 0xA1 and <= 0xFE || _lead <= 0xC6 && c is (>= 0x41 and <= 0x5A) or (>= 0x61 and <= 0x7A) or (>= 0x81 and <= 0xA0);
                Pairs += valid ? 1 : 0;
                Broken += valid ? 0 : 1;
                Syllables += common ? 1 : 0;
                _lead = 0;
            }
        }
    }
}
