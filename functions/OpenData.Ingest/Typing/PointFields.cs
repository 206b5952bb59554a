using System.Globalization;
using System.Text;
using OpenData.Catalog;
using OpenData.Ingest.Profiling;
using OpenData.Ingest.Records;
using OpenData.Lake;

namespace OpenData.Ingest.Typing;

/// <summary>
/// Derives points from pairs of numeric fields, and from texts such as <c>37.5665, 126.978</c>: those that the agency declares, and those
/// whose headers
/// say so. Nothing is stored twice: the point names its two fields, or its one, and whoever reads puts it together.
/// </summary>
internal static class PointFields
{
    private const double MostLatitude = 90, MostLongitude = 180;

    /// <summary>The point's name where its fields share no word that would tell it from others.</summary>
    private const string DefaultName = "geo_point_2d";

    private static readonly string[] Latitudes = ["latitude", "lat", "위도"], Longitudes = ["longitude", "lon", "lng", "long", "경도"];

    /// <summary>Headers of plane coordinates mean degrees only where they say so.</summary>
    private const string DegreesMark = "wgs84";

    private static readonly string[] Northings = ["y", "y좌표"], Eastings = ["x", "x좌표"];

    /// <summary>Words of headers over texts that name places.</summary>
    private static readonly string[] Places =
        [
            "geo", "gps", "point", "location", "position", "coord", "coords", "coordinate", "coordinates", "latlon", "latlng", "latlong",
            "lonlat", "lnglat", "좌표", "위치", "위경도", "경위도", "위도", "경도"
        ];

    /// <summary>
    /// The order of the numbers in a column of texts that can be places: None if neither its header nor a declaration says that they are.
    /// </summary>
    /// <param name="label">The header.</param>
    /// <param name="orders">The orders in which all its values can be read.</param>
    /// <param name="declared">The points that the agency declares.</param>
    public static PlaceOrder OrderIn(string label, PlaceOrder orders, IReadOnlyList<PointDeclaration> declared)
    {
        if (orders == PlaceOrder.WellKnown) return orders;

        var words = Words(label);
        var isDeclared = declared.Any(point => point.Latitude == label && point.Longitude == label);
        var latitude = words.FindIndex(
            word => Latitudes.Contains(word) || word.StartsWith("lat", StringComparison.Ordinal) && Places.Contains(word) || word == "위경도");
        var longitude = words.FindIndex(
            word => Longitudes.Contains(word)
                || word.StartsWith('l') && word.EndsWith("lat", StringComparison.Ordinal) && Places.Contains(word) || word == "경위도");
        if (!isDeclared
            && !words.Exists(
                word => Places.Contains(word)
                    || Places.Any(place => !char.IsAscii(place[0]) && word.EndsWith(place, StringComparison.Ordinal)))
                        && (latitude < 0 || longitude < 0))
        {
            return PlaceOrder.None;
        }

        if (orders != PlaceOrder.Either) return orders;

        return (latitude, longitude) switch
        {
            ( >= 0, < 0) => PlaceOrder.LatitudeFirst,
            ( < 0, >= 0) => PlaceOrder.LongitudeFirst,
            ( >= 0, >= 0) => latitude < longitude ? PlaceOrder.LatitudeFirst : PlaceOrder.LongitudeFirst,
            _ => isDeclared ? PlaceOrder.LatitudeFirst : PlaceOrder.None,
        };
    }

    /// <summary>The points of a table; a declared one that cannot be made is a problem.</summary>
    /// <param name="fields">The fields of its columns.</param>
    /// <param name="summaries">What is known of their values.</param>
    /// <param name="declared">The pairs that the agency declares.</param>
    /// <param name="inferred">Whether headers make points; in a cross table, whose rows are series and no places, only declarations
    /// do.</param>
    /// <param name="problems">Takes the declarations that cannot be followed.</param>
    public static IReadOnlyList<Field> Of(
        IReadOnlyList<Field> fields,
        IReadOnlyList<ColumnSummary> summaries,
        IReadOnlyList<PointDeclaration> declared,
        bool inferred,
        ProblemLog problems)
    {
        var points = new List<Field>();
        var numbers = fields.Select((field, i) => (Field: field, Most: Magnitude(field, summaries[i]))).ToList();
        var taken = fields.Select(field => field.Name).ToHashSet(StringComparer.OrdinalIgnoreCase);
        foreach (var declaration in declared)
        {
            if (fields.FirstOrDefault(
                field => field.Label == declaration.Latitude
                    && declaration.Longitude == declaration.Latitude && IsPlace(field)) is { } place)
            {
                Add(place, place, declaration.Name ?? DefaultName);
                continue;
            }

            var latitude = numbers.Find(number => number.Field.Label == declaration.Latitude);
            var longitude = numbers.Find(number => number.Field.Label == declaration.Longitude);
            if (latitude.Field is null || longitude.Field is null || !(latitude.Most <= MostLatitude) || !(longitude.Most <= MostLongitude))
            {
                problems.Add(NotMade(declaration));
            }
            else
            {
                Add(latitude.Field, longitude.Field, declaration.Name ?? DefaultName);
            }
        }

        if (!inferred) return points;

        foreach (var (latitude, _) in numbers.Where(number => number.Most <= MostLatitude))
        {
            if (points.Exists(point => point.Latitude == latitude.Name) || Rest(latitude.Label, Latitudes, Northings) is not { } rest)
            {
                continue;
            }

            var pairs = numbers
                .Where(
                    number => number.Most <= MostLongitude
                        && number.Field != latitude && Rest(number.Field.Label, Longitudes, Eastings) == rest)
                .ToList();
            if (pairs is [var (longitude, _)]) Add(latitude, longitude, rest.Length == 0 ? DefaultName : $"{rest}_{DefaultName}");
        }

        foreach (var place in fields.Where(field => IsPlace(field) && !points.Exists(point => point.Latitude == field.Name)))
        {
            Add(place, place, $"{place.Name}_{DefaultName}");
        }

        return points;

        void Add(Field latitude, Field longitude, string stem)
        {
            var name = stem;
            for (var n = 2; !taken.Add(name); n++) name = $"{stem}_{n}";

            points.Add(new Field
            {
                Name = name,
                Label = latitude == longitude ? latitude.Label : $"{latitude.Label}, {longitude.Label}",
                Type = FieldType.GeoPoint,
                Format = latitude == longitude ? latitude.Format : null,
                Latitude = latitude.Name,
                Longitude = longitude.Name,
            });
        }
    }

    private static bool IsPlace(Field field) =>
        field is { Type: FieldType.Text, Format: PlaceText.LatitudeFirst or PlaceText.LongitudeFirst };

    /// <summary>The greatest absolute value of a numeric field that has values; otherwise null.</summary>
    private static double? Magnitude(Field field, ColumnSummary summary) =>
        field.Type is FieldType.Int or FieldType.Decimal or FieldType.Double
        && double.TryParse(summary.Min, NumberStyles.Float, CultureInfo.InvariantCulture, out var min)
        && double.TryParse(summary.Max, NumberStyles.Float, CultureInfo.InvariantCulture, out var max)
            ? Math.Max(Math.Abs(min), Math.Abs(max))
            : null;

    /// <summary>
    /// A header's other words, if one of them says which coordinate it is: what a latitude and its longitude have in common.
    /// </summary>
    private static string? Rest(string label, string[] words, string[] planeWords)
    {
        var parts = Words(label);
        var degrees = parts.Remove(DegreesMark);
        var at = parts.FindIndex(part => words.Contains(part) || degrees && planeWords.Contains(part));
        if (at >= 0)
        {
            parts.RemoveAt(at);
        }
        else if (words.FirstOrDefault(
            word => !char.IsAscii(word[0]) && parts.Exists(part => part.EndsWith(word, StringComparison.Ordinal))) is { } ending)
        {
            parts = [.. parts
                .Select(part => part.EndsWith(ending, StringComparison.Ordinal) ? part[..^ending.Length] : part)
                .Where(part => part.Length > 0)];
        }
        else
        {
            return null;
        }

        return string.Join('_', parts);
    }

    /// <summary>The words of a header in lower case, those of <c>startLat</c> too.</summary>
    private static List<string> Words(string label)
    {
        var words = new StringBuilder();
        var before = ' ';
        foreach (var c in UnicodeText.Nfc(label))
        {
            if (char.IsUpper(c) && char.IsLower(before)) words.Append(' ');

            words.Append(char.IsLetterOrDigit(c) ? char.ToLowerInvariant(c) : ' ');
            before = c;
        }

        return [.. words.ToString().Split(' ', StringSplitOptions.RemoveEmptyEntries)];
    }

    private static Problem NotMade(PointDeclaration declaration) => new(
        "point-not-made",
        Severity.Warning,
        $"The point of '{declaration.Latitude}' and '{declaration.Longitude}' that is declared cannot be made: both have to be columns of "
        + "numbers, within ±90 and ±180 degrees, or one column that holds both in each cell, as in '37.5665, 126.978'.",
        "Correct the values, or 'points' in dataset.json.")
    {
        Column = declaration.Latitude,
        Action = "The columns were published as they are.",
    };
}
