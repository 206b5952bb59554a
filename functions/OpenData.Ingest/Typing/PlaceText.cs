using System.Buffers;
using System.Buffers.Text;
using System.Text;

namespace OpenData.Ingest.Typing;

/// <summary>In which order a text such as <c>37.5665, 126.978</c> names a place.</summary>
internal enum PlaceOrder : byte
{
    /// <summary>It names none.</summary>
    None,

    LatitudeFirst,

    LongitudeFirst,

    /// <summary>Both numbers could be the latitude: nothing but the header can tell.</summary>
    Either,

    /// <summary>The longitude is first, as in <c>POINT (127.0 37.5)</c>, which can mean nothing else.</summary>
    WellKnown,
}

/// <summary>Two numbers of degrees with a comma between them, in brackets or not; or a point in well-known text (OGC 06-103r4, section
/// 7).</summary>
internal static class PlaceText
{
    /// <summary>The field's <c>format</c>, for people and for programs that split the values.</summary>
    public const string LatitudeFirst = "latitude, longitude", LongitudeFirst = "longitude, latitude";

    private static readonly SearchValues<byte> NumberSigns = SearchValues.Create("-.0123456789"u8);

    private static ReadOnlySpan<byte> Wgs84Mark => "SRID=4326;"u8;

    private static ReadOnlySpan<byte> PointMark => "POINT"u8;

    private const double MostLatitude = 90, MostLongitude = 180;

    /// <summary>
    /// In which orders a text can be read as a place; <see cref="PlaceOrder.None"/> if it is no two numbers, or they are out of range.
    /// </summary>
    public static PlaceOrder Read(ReadOnlySpan<byte> text)
    {
        if (!text.IsEmpty && (text[0] | 0x20) is 'p' or 's') return ReadWellKnown(text);
        // In round brackets the latitude is first by custom (Socrata writes so), in square ones the longitude (as in GeoJSON).
        var unless = PlaceOrder.Either;
        if (text is [(byte)'(', .., (byte)')'] or [(byte)'[', .., (byte)']'])
        {
            unless = text[0] == '(' ? PlaceOrder.LatitudeFirst : PlaceOrder.LongitudeFirst;
            text = text[1..^1].Trim((byte)' ');
        }

        if (!Degrees(ref text, out var first) || text.IsEmpty || text[0] != ',')
            return PlaceOrder.None;

        text = text[1..].TrimStart((byte)' ');
        if (!Degrees(ref text, out var second) || !text.IsEmpty) return PlaceOrder.None;

        return (first <= MostLatitude && second <= MostLongitude, first <= MostLongitude && second <= MostLatitude) switch
        {
            (true, true) => unless,
            (true, _) => PlaceOrder.LatitudeFirst,
            (_, true) => PlaceOrder.LongitudeFirst,
            _ => PlaceOrder.None,
        };
    }

    /// <summary>Reads <c>POINT (127.0 37.5)</c>, with or without <c>SRID=4326;</c> before it or a height behind the two numbers.</summary>
    private static PlaceOrder ReadWellKnown(ReadOnlySpan<byte> text)
    {
        if (Ascii.EqualsIgnoreCase(text[..Math.Min(text.Length, Wgs84Mark.Length)],
            Wgs84Mark))
        {
            text = text[Wgs84Mark.Length..].TrimStart((byte)' ');
        }
        if (text.Length < PointMark.Length || !Ascii.EqualsIgnoreCase(text[..PointMark.Length], PointMark)) return PlaceOrder.None;
        text = text[PointMark.Length..].TrimStart((byte)' ');
        if (!text.IsEmpty && (text[0] | 0x20) == 'z') text = text[1..].TrimStart((byte)' ');
        if (text is not [(byte)'(', .., (byte)')']) return PlaceOrder.None;
        text = text[1..^1].Trim((byte)' ');
        if (!Utf8Parser.TryParse(text, out double longitude, out var used) || used == text.Length) return PlaceOrder.None;
        text = text[used..].TrimStart((byte)' ');
        if (!Utf8Parser.TryParse(text, out double latitude, out used)) return PlaceOrder.None;
        if (!(Math.Abs(longitude) <= MostLongitude && Math.Abs(latitude) <= MostLatitude)) return PlaceOrder.None;
        text = text[used..].TrimStart((byte)' ');
        return text.IsEmpty || (Utf8Parser.TryParse(text, out double _, out used) && used == text.Length) ? PlaceOrder.WellKnown
            : PlaceOrder.None;
    }

    /// <summary>Whether a text that can be read in these orders can be read in this one.</summary>
    public static bool Allows(this PlaceOrder orders, PlaceOrder order) => orders == order || orders == PlaceOrder.Either;

    /// <summary>Reads a number with a point, as degrees have one, and tells its magnitude.</summary>
    private static bool Degrees(ref ReadOnlySpan<byte> text, out double magnitude)
    {
        magnitude = 0;
        var end = text.IndexOfAnyExcept(NumberSigns) is >= 0 and var at ? at : text.Length;
        if (!text[..end].Contains((byte)'.') || !Utf8Parser.TryParse(text[..end], out double value, out var used) || used != end)
        {
            return false;
        }

        magnitude = Math.Abs(value);
        text = text[end..];
        return true;
    }
}
