using System.Globalization;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Primitives;
using OpenData.Api.Pipeline;
using OpenData.Demand.Requests;

namespace OpenData.Api.Demand;

/// <summary>Which data requests a caller wants to see.</summary>
public sealed class RequestFilter
{
    private readonly RequestState? _state;
    private readonly string? _group;
    private readonly string? _agency;
    private readonly string[] _words;

    /// <summary>Reads the parameters.</summary>
    /// <exception cref="ApiException">400: a value is wrong.</exception>
    public RequestFilter(IQueryCollection query)
    {
        _group = Text("group");
        _agency = Text("agency");
        _words = Words(Text("q"));
        Limit = Number("limit", 20, 1, 100);
        Offset = Number("offset", 0, 0, 100_000);
        if (Text("state") is { } state)
        {
            _state = Enum.TryParse<RequestState>(state.Replace("-", "", StringComparison.Ordinal), ignoreCase: true, out var parsed)
                && !char.IsDigit(state[0])
                    ? parsed
                    : throw Invalid($"state is '{state}': it must be open, extended, accepted, refused, in-mediation or released.");
        }

        string? Text(string name) => query[name] is [{ Length: > 0 } text, ..] ? text : null;

        int Number(string name, int otherwise, int least, int most)
        {
            if (Text(name) is not { } text) return otherwise;
            return int.TryParse(text, out var number) && number >= least && number <= most
                ? number
                : throw Invalid($"{name} is '{text}': it must be a whole number from {least} to {most}.");
        }
    }

    /// <summary>Filters by words and state only.</summary>
    /// <exception cref="ApiException">400: there is no such state.</exception>
    public static RequestFilter Of(string words, string state, int limit) => new(new QueryCollection(new Dictionary<string, StringValues>
    {
        ["q"] = words,
        ["state"] = state,
        ["limit"] = limit.ToString(CultureInfo.InvariantCulture),
    }));

    /// <summary>How many to show, 1 to 100.</summary>
    public int Limit { get; }

    /// <summary>How many to leave out before the first, 0 to 100,000.</summary>
    public int Offset { get; }

    /// <summary>Whether a request is shown at all and fits.</summary>
    public bool Matches(DataRequest request) =>
        request.Moderation == Moderation.Shown
        && (_state is null || request.State == _state)
        && (_group is null || request.Group == _group)
        && (_agency is null || request.Agency == _agency)
        && Has(request, _words);

    /// <summary>The words of a search.</summary>
    public static string[] Words(string? text) => UnicodeText.Nfc(text ?? "").Split(' ', StringSplitOptions.RemoveEmptyEntries);

    /// <summary>Whether a request has all words in its title or in what is wanted.</summary>
    public static bool Has(DataRequest request, IEnumerable<string> words) =>
        words.All(word => Contains(request.Title, word) || Contains(request.Wanted, word));

    private static bool Contains(string text, string word) => text.Contains(word, StringComparison.OrdinalIgnoreCase);

    private static ApiException Invalid(string message) => new(400, "InvalidParameter", message);
}
