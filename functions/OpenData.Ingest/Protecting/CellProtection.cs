using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using OpenData.Catalog;
using OpenData.Disclosure;

namespace OpenData.Ingest.Protecting;

/// <summary>
/// What a declared protection makes of the cells of one column, before anything else of the pipeline sees them. Not safe for several
/// threads at
/// once.
/// </summary>
/// <param name="declared">The agency's word on the column.</param>
/// <param name="key">The dataset's key for pseudonyms; null where none is needed.</param>
internal sealed class CellProtection(FieldDeclaration declared, byte[]? key)
{
    private const int PseudonymBytes = 12;
    private const int UsualStep = 10;

    private byte[] _made = [];

    /// <summary>Whether the column is left out.</summary>
    public bool Drops => declared.Protect == Protection.Drop;

    /// <summary>What becomes of a cell; it is good until the next one is asked for.</summary>
    public ReadOnlySpan<byte> Of(ReadOnlySpan<byte> cell)
    {
        if (cell.IsEmpty || Drops) return [];
        var text = Encoding.UTF8.GetString(cell).Trim();
        _made = Encoding.UTF8.GetBytes(declared.Protect switch
        {
            Protection.Hash => Pseudonym(text),
            Protection.Generalise => Generalised(text),
            _ => Masked.Of(text),
        });
        return _made;
    }

    /// <summary>Of each column of a table the protection that is declared for it; null if none is for any.</summary>
    /// <param name="labels">The columns' headers.</param>
    /// <param name="declaration">The agency's word.</param>
    /// <param name="key">The dataset's key for pseudonyms.</param>
    public static CellProtection?[]? Of(IReadOnlyList<string> labels, IngestDeclaration declaration, byte[]? key)
    {
        if (declaration.Fields.All(field => field.Protect is null)) return null;
        return
        [
            .. labels.Select(label => declaration.Fields.FirstOrDefault(field => field.Column == label && field.Protect is not null))
                .Select(field => field is null ? null : new CellProtection(field, key)),
        ];
    }

    // Of the text in one form, so that a space or a full-width digit does not make somebody a second person.
    private string Pseudonym(string text) => Convert.ToHexStringLower(
        HMACSHA256.HashData(key ?? throw new InvalidOperationException("There is no key for pseudonyms."),
            Encoding.UTF8.GetBytes(FoldedText.Of(text)))
            .AsSpan(0, PseudonymBytes));

    private string Generalised(string text)
    {
        if (YearOf(text) is { } year) return year;
        if (decimal.TryParse(text, NumberStyles.Number, CultureInfo.InvariantCulture, out var number)) return Band(number);
        var words = text.Split([' ', '\t', '\u3000'], StringSplitOptions.RemoveEmptyEntries);
        return string.Join(' ', words.Take(declared.Level ?? 1));
    }

    // Of a day or a moment that begins with its year, in digits alone or with a mark behind the year.
    private static string? YearOf(string text)
    {
        if (text.Length < 8 || !text.AsSpan(0, 4).ContainsAnyInRange('0', '9') || text[0] is not ('1' or '2')) return null;
        if (text.AsSpan(0, 4).ContainsAnyExceptInRange('0', '9')) return null;
        var isCompact = text.Length == 8
            && DateOnly.TryParseExact(text, "yyyyMMdd", CultureInfo.InvariantCulture, DateTimeStyles.None, out _);
        return isCompact || text[4] is '-' or '.' or '/' or '년' ? text[..4] : null;
    }

    private string Band(decimal number)
    {
        if (declared.Top is { } top && number >= top) return string.Create(CultureInfo.InvariantCulture, $"{top}+");
        var step = declared.Step ?? UsualStep;
        var from = Math.Floor(number / step) * step;
        var to = from + step - 1;
        if (declared.Top is { } most && to >= most) to = most - 1;
        return string.Create(CultureInfo.InvariantCulture, $"{from:0}-{to:0}");
    }
}
