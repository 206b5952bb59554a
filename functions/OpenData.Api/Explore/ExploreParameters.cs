using System.Globalization;
using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Primitives;
using OpenData.Api.Pipeline;
using OpenData.Query;
using OpenData.Query.Compilation;
using OpenData.Query.Formats;
using OpenData.Query.Language;
using OpenData.Query.Subjects;

namespace OpenData.Api.Explore;

/// <summary>
/// The parameters of the Explore API, from the query string or, by POST, from a JSON body with the same names; read and checked.
/// </summary>
internal sealed class ExploreParameters
{
    private const int MaxBodyBytes = 1 << 20;

    // All that the Explore API takes anywhere: one that means nothing to an endpoint does no harm there.
    private static readonly string[] Names =
    [
        "select", "where", "group_by", "order_by", "limit", "offset", "refine", "exclude", "facet", "timezone", "lang", "include_links",
        "include_app_metas", "version",
        "use_labels", "compressed", "epsg", "delimiter", "list_separator", "quote_all", "with_bom", "parquet_compression", "apikey",
        "include_exports", "use_labels_in_exports", "use_labels_for_header",
    ];

    private readonly Func<string, StringValues> _values;

    private readonly string _caller;

    private ExploreParameters(Func<string, StringValues> values, string bodyFingerprint, string caller) =>
        (_values, BodyFingerprint, _caller) = (values, bodyFingerprint, caller);

    /// <summary>What stands for the body in an ETag; empty without one.</summary>
    public string BodyFingerprint { get; }

    public bool IsGrouped => !string.IsNullOrWhiteSpace(One("group_by"));

    /// <summary>Reads a request's parameters; what the body says wins over the query string.</summary>
    /// <param name="request">The request.</param>
    /// <param name="subject">The dataset or catalogue that is asked: a parameter with the name of one of its fields is an error.</param>
    /// <param name="cancellation">Stops reading.</param>
    /// <exception cref="ApiException">A parameter belongs to another API, or is almost one of ours, or the body is malformed.</exception>
    public static async Task<ExploreParameters> ReadAsync(HttpRequest request, QuerySubject subject, CancellationToken cancellation)
    {
        CheckNames(request.Query, subject);
        if (!HttpMethods.IsPost(request.Method)) return new ExploreParameters(name => request.Query[name], "", request.CallerName());
        var body = await JsonRequest.ReadAsync(request, MaxBodyBytes, cancellation);
        var values = new Dictionary<string, StringValues>(StringComparer.Ordinal);
        foreach (var member in body.Root.EnumerateObject()) values[member.Name] = Values(member.Name, member.Value);
        CheckNames(values, subject);
        if (values.Keys.FirstOrDefault(name => !IsKnown(name)) is { } unknown)
        {
            throw Invalid($"There is no parameter '{unknown}'. There are {string.Join(", ", Names)}.");
        }

        return new ExploreParameters(
            name => values.TryGetValue(name, out var value) ? value : request.Query[name], body.Sha256, request.CallerName());
    }

    /// <summary>The question without its window.</summary>
    public QueryRequest Question(QueryEngine engine)
    {
        var timeZone = One("timezone") ?? "UTC";
        if (!engine.TimeZones.Contains(timeZone))
        {
            throw Invalid($"timezone is '{timeZone}': it must be an IANA time zone such as Asia/Seoul.");
        }
        var language = One("lang") ?? "en";
        if (!QueryRequest.Languages.Contains(language))
        {
            throw Invalid($"lang is '{language}': there are {string.Join(", ", QueryRequest.Languages)}.");
        }
        return new QueryRequest
        {
            Select = One("select"),
            Where = All("where"),
            GroupBy = One("group_by"),
            OrderBy = One("order_by"),
            Refine = All("refine"),
            Exclude = All("exclude"),
            Facets = All("facet"),
            TimeZone = timeZone,
            Language = language,
            WithIds = Flag("include_app_metas"),
            Caller = _caller,
        };
    }

    /// <summary>The window of a page. Over a bound is an error that names it, never a silent cut.</summary>
    public (long Limit, long Offset) Window()
    {
        var (most, window, when) = IsGrouped
            ? (QueryLimits.Groups, QueryLimits.Groups, "with group_by")
            : (QueryLimits.Records, QueryLimits.RecordsWindow, "without group_by");
        var offset = Offset();
        var limit = Number("limit", 10, -1);
        if (limit == -1) limit = Math.Max(0, Math.Min(most, window - offset));
        if (limit > most)
        {
            throw Invalid($"limit is {limit}: {when} it is at most {most}. The exports endpoint, …/exports/json, has no such bound.");
        }
        if (offset + limit > window)
        {
            throw Invalid(
                $"offset + limit is {offset + limit}: {when} it is at most {window}. The exports endpoint, …/exports/json, has no "
                + "such bound.");
        }

        return (limit, offset);
    }

    /// <summary>How many rows to leave out.</summary>
    public long Offset() => Number("offset", 0, 0);

    /// <summary>The limit of an export; null for all rows.</summary>
    public long? ExportLimit() => Number("limit", -1, -1) is >= 0 and var limit ? limit : null;

    /// <summary>What was chosen about the format.</summary>
    public FormatOptions Format() =>
        One("epsg") is { } epsg && epsg != "4326"
            ? throw Invalid($"epsg is '{epsg}': places are written as longitude and latitude, which is 4326.")
            : new()
            {
                UseLabels = Flag("use_labels") || Flag("use_labels_in_exports") || Flag("use_labels_for_header"),
                ParquetCompression = One("parquet_compression") switch
                {
                    null or "snappy" => "snappy",
                    "zstd" => "zstd",
                    var other => throw Invalid($"parquet_compression is '{other}': there are snappy and zstd."),
                },
                Csv = new CsvOptions
                {
                    Delimiter = One("delimiter") switch
                    {
                        null => ';',
                        [(';' or ',' or '\t' or '|') and var delimiter] => delimiter,
                        var other => throw Invalid($"delimiter is '{other}': there are ; , | and a tab."),
                    },
                    ListSeparator = One("list_separator") switch
                    {
                        null => ",",
                        { Length: <= 10 } separator => separator,
                        _ => throw Invalid("list_separator has at most 10 characters."),
                    },
                    QuoteAll = Flag("quote_all"),
                    WithBom = Flag("with_bom", otherwise: true),
                },
            };

    /// <summary>The value of a parameter that has one; null if it is not there or empty. Twice with two values it says nothing.</summary>
    public string? One(string name) =>
        _values(name).Where(value => !string.IsNullOrEmpty(value)).Distinct(StringComparer.Ordinal).ToList() switch
        {
            [] => null,
            [var value] => value,
            var several => throw Invalid($"{name} stands {several.Count} times, with different values: it takes one."),
        };

    public IReadOnlyList<string> All(string name) =>
        [.. _values(name).Where(value => !string.IsNullOrWhiteSpace(value)).Select(value => value!)];

    public bool Flag(string name, bool otherwise = false) => One(name) switch
    {
        null => otherwise,
        var text when bool.TryParse(text, out var flag) => flag,
        "1" => true,
        "0" => false,
        var text => throw Invalid($"{name} is '{text}': it must be true or false."),
    };

    // A filter that filters nothing would go unnoticed. Names that are nothing like ours are ignored, as this API's vendor does: they
    // bypass caches or count visits.
    private static void CheckNames(IEnumerable<KeyValuePair<string, StringValues>> query, QuerySubject subject)
    {
        var parameters = query.ToList();
        var wrong = parameters.Find(parameter => !IsKnown(parameter.Key) && Translate(parameter, parameters, subject) is not null).Key;
        if (wrong is null) return;
        var translated = new List<(string Name, string Value)>();
        foreach (var parameter in parameters)
        {
            if (IsKnown(parameter.Key)) translated.AddRange(parameter.Value.Select(value => (parameter.Key, value ?? "")));
            else if (Translate(parameter, parameters, subject) is { } ours) translated.Add(ours);
        }

        var meant = Translate(parameters.Find(parameter => parameter.Key == wrong), parameters, subject)!.Value.Name;
        var conditions = translated.Where(one => one.Name == "where").Select(one => one.Value).ToList();
        var question = translated.Where(one => one.Name != "where").Select(one => $"{one.Name}={Escape(one.Value)}");
        if (conditions.Count > 0) question = question.Prepend($"where={Escape(string.Join(" and ", conditions))}");
        throw Invalid($"There is no parameter '{wrong}'. Did you mean '{meant}'? Here the same question is ?{string.Join('&', question)}");
    }

    private static bool IsKnown(string name) => Names.Contains(name, StringComparer.OrdinalIgnoreCase);

    private static (string Name, string Value)? Translate(
        KeyValuePair<string, StringValues> parameter, List<KeyValuePair<string, StringValues>> all, QuerySubject subject)
    {
        var (name, value) = (parameter.Key, parameter.Value.ToString());
        if (name.StartsWith("utm_", StringComparison.OrdinalIgnoreCase) || name is "_") return null;
        if (subject.HasField(name)) return ("where", OtherDialects.Equal(name, value));
        if (OtherDialects.Translate(name, value, all) is { } translated) return translated;
        return Names.FirstOrDefault(known => IsLike(name, known)) is { } near ? (near, value) : null;
    }

    // Readable, but safe to copy into a URL.
    private static string Escape(string value) =>
        value.Replace("%", "%25", StringComparison.Ordinal).Replace("&", "%26", StringComparison.Ordinal)
        .Replace("#", "%23", StringComparison.Ordinal).Replace("+", "%2B", StringComparison.Ordinal);

    // Other separators (groupBy, where[]), one character more, less or other, two in longer names, or two that changed places.
    private static bool IsLike(string written, string known)
    {
        if (written.Length > known.Length + 5) return false;
        var (a, b) = (string.Concat(
            written.Where(char.IsAsciiLetter)).ToLowerInvariant(), known.Replace("_", "", StringComparison.Ordinal));
        var changes = Spelling.Distance(a, b);
        return changes <= (b.Length > 7 ? 2 : b.Length > 3 ? 1 : 0) || (changes == 2 && a.Order().SequenceEqual(b.Order()));
    }

    private long Number(string name, long otherwise, long least)
    {
        if (One(name) is not { } text) return otherwise;
        return long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number)
            && number >= least && number < int.MaxValue
            ? number
            : throw Invalid($"{name} is '{text}': it must be a whole number of at least {least}.");
    }

    private static StringValues Values(string name, JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.Null => default,
        JsonValueKind.Array => new StringValues([.. value.EnumerateArray().Select(item => Text(name, item))]),
        _ => Text(name, value),
    };

    private static string Text(string name, JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.String => value.GetString()!,
        JsonValueKind.Number => value.GetRawText(),
        JsonValueKind.True => "true",
        JsonValueKind.False => "false",
        _ => throw Invalid($"{name} must be a text, a number, true, false, or a list of them."),
    };

    private static ApiException Invalid(string message) => new(400, "InvalidRESTParameterError", message);
}
