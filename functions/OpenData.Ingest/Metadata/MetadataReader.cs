using System.Globalization;
using System.Text.Json;
using OpenData.Catalog;
using OpenData.Ingest.Workbooks;
using OpenData.Lake;

namespace OpenData.Ingest.Metadata;

/// <summary>Takes a JSON object of dataset.json apart, property by property, and says what is wrong with each.</summary>
internal sealed partial class MetadataReader(JsonElement json, string path, List<Problem> problems)
{
    private readonly HashSet<string> _known = new(StringComparer.Ordinal);

    /// <summary>The whole file.</summary>
    public DatasetMetadata Dataset()
    {
        if (!IsObject()) return new DatasetMetadata();
        var metadata = new DatasetMetadata
        {
            Title = Text("title"),
            Description = Text("description"),
            Theme = Texts("theme"),
            Keyword = Texts("keyword"),
            License = Text("license"),
            Publisher = Text("publisher"),
            Contact = Text("contact"),
            Spatial = Text("spatial"),
            Temporal = Text("temporal"),
            AccessRights = Rights("access_rights"),
            ReleaseAt = Moment("release_at"),
            Listed = Find("listed") is null ? null : Flag("listed"),
            Grants = Texts("grants"),
            Rights = Text("rights"),
            UpdateFrequency = Text("update_frequency"),
            Ingest = Nested("ingest")?.Declaration(),
        };
        WarnOfOthers();
        return metadata;
    }

    private bool IsObject()
    {
        if (json.ValueKind == JsonValueKind.Object) return true;
        Wrong("", "an object of properties", json);
        return false;
    }

    private string? Text(string name)
    {
        if (Find(name) is not { } value) return null;
        if (value.ValueKind == JsonValueKind.String) return value.GetString() is { } text && !string.IsNullOrWhiteSpace(text) ? text : null;
        Wrong(name, "a text", value);
        return null;
    }

    private string? TextOrNumber(string name) =>
        Find(name) is { ValueKind: JsonValueKind.Number } number && number.TryGetInt32(out var whole) && whole > 0
            ? whole.ToString(CultureInfo.InvariantCulture)
            : Text(name);

    private string? SheetRangeText(string name)
    {
        if (Text(name) is not { } text || SheetRange.TryParse(text, out _)) return Text(name);
        Wrong(name, "a part of a sheet such as B3:F200, B3:F or B3", Find(name)!.Value);
        return null;
    }

    /// <summary>A list of texts; a single text stands for a list of one.</summary>
    private string[] Texts(string name)
    {
        if (Find(name) is not { } value) return [];
        if (value.ValueKind == JsonValueKind.String) return [value.GetString()!];
        if (value.ValueKind == JsonValueKind.Array && value.EnumerateArray().All(item => item.ValueKind == JsonValueKind.String))
        {
            return [.. value.EnumerateArray().Select(item => item.GetString()!)];
        }

        Wrong(name, "a list of texts", value);
        return [];
    }

    private int? WholeNumber(string name, int least, int most = int.MaxValue)
    {
        if (Find(name) is not { } value) return null;
        if (value.ValueKind == JsonValueKind.Number && value.TryGetInt32(out var number) && number >= least && number <= most)
        {
            return number;
        }

        Wrong(name, $"a whole number from {least}{(most < int.MaxValue ? $" to {most}" : "")}", value);
        return null;
    }

    private bool Flag(string name)
    {
        if (Find(name) is not { } value) return false;
        if (value.ValueKind is not (JsonValueKind.True or JsonValueKind.False)) Wrong(name, "true or false", value);
        return value.ValueKind == JsonValueKind.True;
    }

    private string? OneOf(string name, IReadOnlyList<string> allowed)
    {
        if (Find(name) is not { } value) return null;
        var text = value.ValueKind == JsonValueKind.String ? value.GetString() : null;
        if (allowed.FirstOrDefault(one => one.Equals(text, StringComparison.OrdinalIgnoreCase)) is { } known) return known;
        Wrong(name, $"one of {string.Join(", ", allowed)}", value);
        return null;
    }

    private T? Enum<T>(string name)
        where T : struct, Enum
    {
        var values = System.Enum.GetValues<T>();
        var names = values.Select(value => JsonSerializer.Serialize(value, OpenDataJson.Options).Trim('"')).ToList();
        return OneOf(name, names) is { } known ? values[names.IndexOf(known)] : null;
    }

    /// <summary>A text that may be white space alone.</summary>
    private string? Delimiter(string name)
    {
        if (Find(name) is not { } value) return null;
        if (value.ValueKind == JsonValueKind.String
            && value.GetString() is { Length: > 0 and <= 4 } text && text.AsSpan().IndexOfAny("\"'\r\n") < 0)
        {
            return text;
        }

        Wrong(name, "a text of 1 to 4 characters without quotes and line ends", value);
        return null;
    }

    // A word that is not understood must not make public what was not meant to be.
    private string? Rights(string name)
    {
        if (Text(name) is not { } word) return null;
        if (AccessDeclaration.Read(word) is null) Add($"'{Path(name)}' must be public, restricted or non_public.", Path(name), word);
        return word;
    }

    private DateTimeOffset? Moment(string name)
    {
        if (Text(name) is not { } text) return null;
        var zoned = text.Length > 10 && (text.EndsWith('Z') || text.AsSpan(10).IndexOfAny('+', '-') >= 0);
        if (zoned && DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.None, out var moment)) return moment;
        Add($"'{Path(name)}' must be a moment with its offset from UTC, such as 2026-12-01T09:00:00+09:00.", Path(name), text);
        return null;
    }

    private IEnumerable<MetadataReader> Objects(string name)
    {
        if (Find(name) is not { } value) return [];
        if (value.ValueKind == JsonValueKind.Array)
        {
            return value.EnumerateArray().Select((item, i) => new MetadataReader(item, $"{Path(name)}[{i}]", problems));
        }

        Wrong(name, "a list of objects", value);
        return [];
    }

    private MetadataReader? Nested(string name) => Find(name) is { } value ? new MetadataReader(value, Path(name), problems) : null;

    private JsonElement? Find(string name)
    {
        _known.Add(name);
        return json.TryGetProperty(name, out var value) && value.ValueKind != JsonValueKind.Null ? value : null;
    }

    private void WarnOfOthers()
    {
        foreach (var name in json
            .EnumerateObject()
            .Select(property => property.Name)
            .Where(name => !_known.Contains(name) && !name.StartsWith('$')))
        {
            problems.Add(new Problem(
                "metadata-unknown-property",
                Severity.Warning,
                $"'{Path(name)}' is not a property that we know.",
                $"Known are {string.Join(", ", _known)}. Correct the name, or leave it if it is meant for others.")
            {
                Column = Path(name),
                Action = "It was passed over.",
            });
        }
    }

    private void Wrong(string name, string expected, JsonElement found) =>
        Add($"'{(Path(name) is { Length: > 0 } where ? where : "dataset.json")}' must be {expected}.", Path(name), found.GetRawText());

    private void Add(string message, string where, string? raw) => problems.Add(new Problem(
        "metadata-invalid", Severity.Error, message, "Correct dataset.json and upload it again.")
    {
        Column = where.Length > 0 ? where : null,
        RawValue = raw is { Length: > 200 } ? raw[..200] : raw,
        Action = "What was known of the dataset before stays as it is.",
    });

    private string Path(string name) => path.Length == 0 || name.Length == 0 ? path + name : $"{path}.{name}";
}
