using System.Numerics;
using System.Runtime.Intrinsics;

namespace OpenData.Disclosure;

/// <summary>Tells in a few nanoseconds that no rule can match a text, which is so for nearly all text.</summary>
public static class TextFilter
{
    /// <summary>
    /// No rule matches a text with fewer digits than this, unless it has an <c>@</c>, a colon or a character that folds into one of
    /// these.
    /// </summary>
    private const int LeastDigits = 6;

    /// <summary>Whether a rule may match the text. Never false where one does.</summary>
    /// <param name="text">The text, UTF-8.</param>
    public static bool MayHold(ReadOnlySpan<byte> text)
    {
        var digits = 0;
        var at = 0;
        for (; at <= text.Length - Vector128<byte>.Count; at += Vector128<byte>.Count)
        {
            var bytes = Vector128.Create(text.Slice(at, Vector128<byte>.Count));
            var isDigit = Vector128.LessThan(bytes - Vector128.Create((byte)'0'), Vector128.Create((byte)10));
            digits += BitOperations.PopCount(isDigit.ExtractMostSignificantBits());
            var isMark = Is(bytes, (byte)'@') | Is(bytes, (byte)':') | FoldsIntoDigit(bytes);
            if (digits >= LeastDigits || isMark != Vector128<byte>.Zero) return true;
        }

        for (; at < text.Length; at++)
        {
            if (text[at] is (byte)'@' or (byte)':' or 0xD9 or 0xDB or 0xDF or 0xE0 or 0xE1 or 0xEF or 0xF0) return true;
            if (char.IsAsciiDigit((char)text[at]) && ++digits >= LeastDigits) return true;
        }

        return false;
    }

    // The first bytes of all digits of other scripts, of full-width forms and of mathematical digits; Hangul and Han begin otherwise.
    private static Vector128<byte> FoldsIntoDigit(Vector128<byte> bytes) =>
        Is(bytes, 0xEF) | Is(bytes, 0xD9) | Is(bytes, 0xDB) | Is(bytes, 0xDF) | Is(bytes, 0xE0) | Is(bytes, 0xE1) | Is(bytes, 0xF0);

    private static Vector128<byte> Is(Vector128<byte> bytes, byte value) => Vector128.Equals(bytes, Vector128.Create(value));
}
