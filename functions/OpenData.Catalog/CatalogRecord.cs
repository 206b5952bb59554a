using System.IO.Compression;
using System.Text.Json;
using OpenData.Lake;

namespace OpenData.Catalog;

/// <summary>
/// What the catalogue's index holds of a dataset: all that its description, its search and the harvesters' formats are made of. It depends
/// neither on the day nor on who asks, so that it is made once, when a version is published or its description changes.
/// </summary>
/// <param name="Entry">The dataset's entry.</param>
/// <param name="Version">
/// The manifest of the version that is served, without what the catalogue does not show: parts, problems, all but the first of the earlier
/// sources, and of the profile all but the bounds of dates and coordinates.
/// </param>
/// <param name="Measures">What was measured of its data.</param>
public sealed record CatalogRecord(DatasetEntry Entry, DatasetVersion Version, DataMeasures Measures)
{
    private static readonly string[] Bounds = ["min", "max"];

    /// <summary>Makes the record.</summary>
    /// <param name="entry">The dataset's entry.</param>
    /// <param name="version">The manifest of the version that it names.</param>
    public static CatalogRecord Of(DatasetEntry entry, DatasetVersion version) => new(
        entry,
        version with
        {
            EarlierSources = [.. version.EarlierSources.Take(1)],
            Earlier = null,
            Parts = [],
            Problems = [],
            Profile = BoundsOf(version),
        },
        DataMeasures.Of(entry.Metadata, version));

    /// <summary>Its stored form: JSON, compressed.</summary>
    public byte[] ToBytes()
    {
        using var bytes = new MemoryStream();
        using (var compressed = new BrotliStream(bytes, CompressionLevel.Fastest, leaveOpen: true))
        {
            JsonSerializer.Serialize(compressed, this, OpenDataJson.Options);
        }

        return bytes.ToArray();
    }

    /// <summary>Reads the stored form.</summary>
    /// <exception cref="JsonException">It is none.</exception>
    public static CatalogRecord FromBytes(byte[] bytes)
    {
        try
        {
            using var compressed = new BrotliStream(new MemoryStream(bytes), CompressionMode.Decompress);
            return JsonSerializer.Deserialize<CatalogRecord>(compressed, OpenDataJson.Stored) ?? throw new JsonException("It is null.");
        }
        catch (InvalidOperationException e)
        {
            throw new JsonException(e.Message, e); // it is not compressed as ours are
        }
    }

    private static JsonElement? BoundsOf(DatasetVersion version)
    {
        if (!version.FieldProfiles().Any()) return null;
        var shown = version.Fields.Where(field => field.Type is FieldType.Date or FieldType.DateTime or FieldType.Instant)
            .Select(field => field.Name)
            .Concat(version.Fields.SelectMany(field => new[] { field.Latitude, field.Longitude }.OfType<string>()))
            .ToHashSet(StringComparer.Ordinal);
        var kept = version.FieldProfiles()
            .Where(field => field.TryGetProperty("name", out var name) && name.ValueKind == JsonValueKind.String
                && shown.Contains(name.GetString()!))
            .Select(field => field.EnumerateObject().Where(member => member.Name == "name" || Bounds.Contains(member.Name))
                .ToDictionary(member => member.Name, member => member.Value));
        return JsonSerializer.SerializeToElement(new { fields = kept }, OpenDataJson.Options);
    }
}
