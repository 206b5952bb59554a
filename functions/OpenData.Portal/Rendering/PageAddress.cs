using Microsoft.AspNetCore.Http;

namespace OpenData.Portal.Rendering;

/// <summary>The address of a page: its path and its parameters, from which addresses of related pages are made.</summary>
/// <param name="Path">The path from the root, such as <c>/portal/ko/datasets</c>.</param>
/// <param name="Parameters">The parameters, in order; a name may occur more than once.</param>
public sealed record PageAddress(string Path, IReadOnlyList<KeyValuePair<string, string>> Parameters)
{
    /// <summary>The most characters of a parameter's value; the rest is left out.</summary>
    private const int MaxLength = 500;

    /// <summary>The address that a request was made to.</summary>
    public static PageAddress Of(HttpRequest request) => new(
        request.Path.ToUriComponent(),
        [
            .. from parameter in request.Query
               from value in parameter.Value
               where !string.IsNullOrWhiteSpace(value)
               select KeyValuePair.Create(parameter.Key, value.Length > MaxLength ? value[..MaxLength] : value),
        ]);

    /// <summary>The first value of a parameter; null if it is missing or blank.</summary>
    public string? this[string name] => All(name).FirstOrDefault();

    /// <summary>The number of the page that is asked for, from 1.</summary>
    public int Page => int.TryParse(this["page"], out var page) && page is >= 1 and <= 100_000 ? page : 1;

    /// <summary>All values of a parameter.</summary>
    public IEnumerable<string> All(string name) =>
        Parameters.Where(parameter => parameter.Key == name).Select(parameter => parameter.Value);

    /// <summary>The same with one value of a parameter, or without it if the value is null. It leads to the first page.</summary>
    public PageAddress With(string name, string? value) => this with
    {
        Parameters =
        [
            .. Parameters.Where(parameter => parameter.Key != name && parameter.Key != "page"),
            .. value is null ? [] : new[] { KeyValuePair.Create(name, value) },
        ],
    };

    /// <summary>The same with a value of a parameter added if it is not there, otherwise without it. It leads to the first page.</summary>
    public PageAddress Toggle(string name, string value)
    {
        var kept = Parameters.Where(parameter => parameter.Key != "page" && (parameter.Key != name || parameter.Value != value)).ToList();
        if (!All(name).Contains(value)) kept.Add(KeyValuePair.Create(name, value));
        return this with { Parameters = kept };
    }

    /// <summary>The same question on another path.</summary>
    public PageAddress At(string path) => this with { Path = path };

    /// <inheritdoc/>
    public override string ToString() =>
        Path + QueryString.Create(Parameters.Select(parameter => KeyValuePair.Create(parameter.Key, (string?)parameter.Value)));
}
