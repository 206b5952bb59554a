using System.Globalization;
using System.Text.RegularExpressions;
using OpenData.Lake;
using OpenData.Portal.Rendering;
using OpenData.Query.Compilation;
using OpenData.Query.Language;

namespace OpenData.Portal.Datasets;

/// <summary>
/// What a reader has chosen on the table's page, in the parameters <c>q</c> (words), <c>sort</c> and <c>desc</c>, and
/// <c>f.{field}</c> for each field that is filtered by.
/// </summary>
public sealed partial class TableQuestion
{
    private const string FilterPrefix = "f.";

    private readonly Dictionary<string, string> _filters = new(StringComparer.Ordinal);

    /// <summary>Reads the parameters; those that name no field of the dataset are left out.</summary>
    public TableQuestion(PageAddress address, IReadOnlyList<Field> fields)
    {
        Search = address["q"];
        Sort = address["sort"] is { } sort
            && fields.Any(field => field.Name == sort && field.Type is not (FieldType.Json or FieldType.GeoPoint))
            ? sort
            : null;
        IsDescending = address["desc"] is not null;
        var conditions = new List<string>();
        if (Odsql.Search(Search) is { } words) conditions.Add(words);
        foreach (var field in fields)
        {
            if (field.Type == FieldType.GeoPoint || address[FilterPrefix + field.Name] is not { } filter) continue;
            _filters[field.Name] = filter;
            conditions.Add(Condition(field, filter.Trim()));
        }

        Where = conditions;
    }

    /// <summary>Words that records must have; null for none.</summary>
    public string? Search { get; }

    /// <summary>The field that records are sorted by; null for the order of the file.</summary>
    public string? Sort { get; }

    /// <summary>Whether the greatest value comes first.</summary>
    public bool IsDescending { get; }

    /// <summary>The conditions in the query language.</summary>
    public IReadOnlyList<string> Where { get; }

    /// <summary>The order in the query language; null for the order of the file.</summary>
    public string? OrderBy => Sort is null ? null : Odsql.Field(Sort) + (IsDescending ? " desc" : "");

    /// <summary>The parameter's name for a field's filter.</summary>
    public static string ParameterOf(string field) => FilterPrefix + field;

    /// <summary>What the reader has typed to filter a field by.</summary>
    public string? FilterOf(string field) => _filters.GetValueOrDefault(field);

    /// <summary>A page of records.</summary>
    public QueryRequest Page(int page, int size) => new() { Where = Where, OrderBy = OrderBy, Limit = size, Offset = (page - 1L) * size };

    /// <summary>The address of the same question at the API.</summary>
    /// <param name="path">The API's path.</param>
    /// <param name="limit">How many records; null for all.</param>
    public string ApiAddress(string path, int? limit) => Odsql.Address(
        path,
        [
            ("where", Where.Count == 0 ? null : string.Join(" and ", Where)), ("order_by", OrderBy),
            ("limit", limit?.ToString(CultureInfo.InvariantCulture)),
        ]);

    // A text is looked for anywhere; of numbers and times there are also ">5", "<=5" and "5..9", and of times parts such as "2025-03".
    private static string Condition(Field field, string filter)
    {
        var name = Odsql.Field(field.Name);
        switch (field.Type)
        {
            case FieldType.Text or FieldType.Json:
                return $"{name} like {QuotedText.Of($"*{filter}*")}";
            case FieldType.Boolean:
                return $"{name} = {(filter is "1" or "y" or "Y" or "yes" or "true" or "예" ? "true" : "false")}";
        }

        if (Range().Match(filter) is { Success: true } range)
        {
            return $"{name} >= {Value(field, range.Groups[1].Value)} and {name} <= {Value(field, range.Groups[2].Value)}";
        }

        var compared = Comparison().Match(filter);
        var (sign, value) = (compared.Groups[1].Value, compared.Groups[2].Value);
        if (sign.Length == 0 && field.Type is FieldType.Date or FieldType.DateTime or FieldType.Instant && Period(value) is var (from, to))
        {
            return $"{name} >= date'{from}' and {name} < date'{to}'";
        }

        return $"{name} {(sign.Length == 0 ? "=" : sign)} {Value(field, value)}";
    }

    // What is no number or date stays as it is typed: the query language says what is wrong with it.
    private static string Value(Field field, string text) => field.Type switch
    {
        FieldType.Date or FieldType.DateTime or FieldType.Instant => $"date'{text.Replace("'", "", StringComparison.Ordinal)}'",
        _ => decimal.TryParse(text, NumberStyles.Float | NumberStyles.AllowThousands, CultureInfo.InvariantCulture, out var number)
            ? number.ToString(CultureInfo.InvariantCulture)
            : QuotedText.Of(text),
    };

    private static (string From, string To)? Period(string text)
    {
        if (DateOnly.TryParseExact(text, "yyyy", CultureInfo.InvariantCulture, DateTimeStyles.None, out var year))
        {
            return (Day(year), Day(year.AddYears(1)));
        }
        if (DateOnly.TryParseExact(text, "yyyy-MM", CultureInfo.InvariantCulture, DateTimeStyles.None, out var month))
        {
            return (Day(month), Day(month.AddMonths(1)));
        }
        return DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day)
            ? (Day(day), Day(day.AddDays(1)))
            : null;
    }

    private static string Day(DateOnly day) => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    [GeneratedRegex(@"^(.+?)\s*(?:\.\.|~)\s*(.+)$")]
    private static partial Regex Range();

    [GeneratedRegex(@"^(>=|<=|>|<|=|)\s*(.*)$", RegexOptions.Singleline)]
    private static partial Regex Comparison();
}
