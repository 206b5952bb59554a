using System.Buffers;
using System.Buffers.Text;

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
}

/// <summary>Two numbers of degrees with a comma between them.</summary>
internal static class PlaceText
{
    /// <summary>What a field says of its values, for people and for whoever takes them apart.</summary>
    public const string LatitudeFirst = "latitude, longitude", LongitudeFirst = "longitude, latitude";

    private static readonly SearchValues<byte> NumberSigns = SearchValues.Create("-.0123456789"u8);

    private const double MostLatitude = 90, MostLongitude = 180;

    /// <summary>
    /// In which orders a text can be read as a place; <see cref="PlaceOrder.None"/> if it is no two numbers, or they are out of range.
    /// </summary>
    public static PlaceOrder Read(ReadOnlySpan<byte> text)
    {
        if (!Degrees(ref text, out var first) || text.IsEmpty || text[0] != ',') return PlaceOrder.None;

        text = text[1..].TrimStart((byte)' ');
        if (!Degrees(ref text, out var second) || !text.IsEmpty) return PlaceOrder.None;

        return (first <= MostLatitude && second <= MostLongitude, first <= MostLongitude && second <= MostLatitude) switch
        {
            (true, true) => PlaceOrder.Either,
            (true, _) => PlaceOrder.LatitudeFirst,
            (_, true) => PlaceOrder.LongitudeFirst,
            _ => PlaceOrder.None,
        };
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
