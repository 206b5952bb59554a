using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;

namespace OpenData.Ingest.Markup;

/// <summary>The pages in a file that holds them as mail does (RFC 2557): Excel saves "Single File Web Pages" so.</summary>
internal static partial class ArchivedPage
{
    private const int MostParts = 1_000;

    /// <summary>The bytes of all pages, one after another.</summary>
    /// <param name="file">The file.</param>
    public static byte[] Pages(ReadOnlySpan<byte> file)
    {
        var text = Encoding.Latin1.GetString(file); // a character a byte
        var boundary = Boundary().Match(text);
        var parts = boundary.Success ? text.Split("--" + boundary.Groups["text"].Value, MostParts).Skip(1) : [text];
        using var pages = new MemoryStream();
        foreach (var part in parts)
        {
            var end = HeaderEnd().Match(part);
            var headers = end.Success ? part[..end.Index] : part;
            if (!end.Success || (boundary.Success && !PageType().IsMatch(headers))) continue;
            pages.Write(Decode(part[(end.Index + end.Length)..], Encoded().Match(headers).Groups["as"].Value));
        }

        return pages.ToArray();
    }

    private static byte[] Decode(string body, string encoding)
    {
        if (encoding.Equals("base64", StringComparison.OrdinalIgnoreCase))
        {
            var bytes = new byte[body.Length];
            return Convert.TryFromBase64String(string.Concat(body.Where(c => !char.IsWhiteSpace(c))), bytes, out var length)
                ? bytes[..length]
                : [];
        }

        if (!encoding.Equals("quoted-printable", StringComparison.OrdinalIgnoreCase)) return Encoding.Latin1.GetBytes(body);
        var decoded = Quoted().Replace(body, match => match.Groups["hex"].Success
            ? ((char)int.Parse(match.Groups["hex"].ValueSpan, NumberStyles.HexNumber, CultureInfo.InvariantCulture)).ToString()
            : "");
        return Encoding.Latin1.GetBytes(decoded);
    }

    [GeneratedRegex(
        @"^Content-Type:\s*multipart/[^;]*;(?:[^\n]*\n?\s)*?boundary=""?(?<text>[^""\s;]+)",
        RegexOptions.IgnoreCase | RegexOptions.Multiline)]
    private static partial Regex Boundary();

    [GeneratedRegex(@"\r?\n\r?\n")]
    private static partial Regex HeaderEnd();

    [GeneratedRegex(@"^Content-Type:\s*(text/html|application/xhtml)", RegexOptions.IgnoreCase | RegexOptions.Multiline)]
    private static partial Regex PageType();

    [GeneratedRegex(@"^Content-Transfer-Encoding:\s*(?<as>[\w-]+)", RegexOptions.IgnoreCase | RegexOptions.Multiline)]
    private static partial Regex Encoded();

    [GeneratedRegex(@"=(?<hex>[0-9A-Fa-f]{2})|=[ \t]*\r?\n")]
    private static partial Regex Quoted();
}
