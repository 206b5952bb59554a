using System.Globalization;
using System.Net;
using System.Text;
using System.Text.Json.Nodes;
using OpenData.Api.Routing;

namespace OpenData.Api.Reference;

/// <summary>The table of routes as one page of HTML that needs nothing else: no script, no font, no other host.</summary>
internal static class ReferencePage
{
    private static readonly string Style = ReadStyle();

    /// <summary>Writes the page.</summary>
    /// <param name="root">The service's address before <c>/api</c>.</param>
    public static string Write(string root)
    {
        var page = new StringBuilder();
        page.Append(
            CultureInfo.InvariantCulture,
            $"<!doctype html>\n<html lang=\"en\"><head><meta charset=\"utf-8\"><meta name=\"viewport\" content=\"width=device-width\">"
            + $"<title>API reference</title><style>{Style}</style></head><body>\n<nav>");
        foreach (var chapter in ApiRoutes.All.GroupBy(route => route.Chapter))
        {
            page.Append(CultureInfo.InvariantCulture, $"<h2>{chapter.Key}</h2>");
            foreach (var route in chapter)
            {
                page.Append(CultureInfo.InvariantCulture, $"<a href=\"#{route.Name}\">{Html(route.Summary)}</a>");
            }
        }

        page.Append("</nav>\n<main><h1>API reference</h1>");
        foreach (var paragraph in OpenApiDocument.Introduction.Split("\n\n"))
        {
            page.Append(CultureInfo.InvariantCulture, $"<p>{Html(paragraph)}</p>");
        }
        page.Append(
            CultureInfo.InvariantCulture,
            $"<p>For programs: <a href=\"{Html(root)}/{Routes.OpenApi}\">{Routes.OpenApi}</a>. For harvesters: <a "
            + $"href=\"{Html(root)}/{Routes.CatalogExports}\">the catalogue's formats</a>.</p>");
        foreach (var route in ApiRoutes.All) Section(page, root, route);
        return page.Append("</main></body></html>\n").ToString();
    }

    private static void Section(StringBuilder page, string root, ApiRoute route)
    {
        page.Append(CultureInfo.InvariantCulture, $"\n<section id=\"{route.Name}\"><h3>{Html(route.Summary)}</h3><p class=\"path\">");
        foreach (var verb in route.Verbs) page.Append(CultureInfo.InvariantCulture, $"<span class=\"verb\">{verb}</span>");
        page.Append(CultureInfo.InvariantCulture, $"/{Html(route.Path)}</p>");
        if (route.Description.Length > 0) page.Append(CultureInfo.InvariantCulture, $"<p>{Html(route.Description)}</p>");
        // Ids of records and of requests are each portal's own.
        if (route.Verbs.Contains("GET") && !route.Parameters.Any(parameter => parameter.Name is "record_id" or "request_id" or "upload_id"))
        {
            var example = Html($"{root}/{ExamplePath(route)}");
            page.Append(
                CultureInfo.InvariantCulture,
                $"<p class=\"soft\">Try <a href=\"{example}\">{Html(Uri.UnescapeDataString(ExamplePath(route)))}</a></p>");
        }

        if (route.Parameters.Count > 0) Parameters(page, route.Parameters);
        if (route.BodyExample is { } body)
        {
            page.Append(
                CultureInfo.InvariantCulture, $"<h4>Body{(route.Verbs.Contains("GET") ? " of a POST" : "")}</h4><pre>{Html(body)}</pre>");
        }
        page.Append("<h4>Answers</h4><table>");
        foreach (var answer in route.Answers)
        {
            page.Append(
                CultureInfo.InvariantCulture,
                $"<tr><td>{answer.Status}</td><td>{Html(answer.Description)} <span class=\"soft\">{Html(answer.MediaType ?? "")}</span>");
            if (answer.Example is { } example)
            {
                var readable = JsonNode.Parse(example)!.ToJsonString(OpenDataJson.Readable);
                page.Append(
                    CultureInfo.InvariantCulture, $"<details><summary>Example</summary><pre>{Html(readable)}</pre></details>");
            }

            page.Append("</td></tr>");
        }

        page.Append("</table></section>");
    }

    private static void Parameters(StringBuilder page, IEnumerable<ApiParameter> parameters)
    {
        page.Append("<h4>Parameters</h4><table><tr><th>name</th><th>what it does</th><th>default</th><th>range</th><th>example</th></tr>");
        foreach (var parameter in parameters)
        {
            var range = parameter.OneOf is { } values ? string.Join(", ", values.Select(value => value == "\t" ? "tab" : value))
                : (parameter.Least, parameter.Most) switch
                {
                    (null, null) => parameter.Type,
                    ({ } least, null) => $"from {least}",
                    var (least, most) => $"{least} to {most}",
                };
            var where = parameter.In == "query" ? parameter.Repeats ? "repeatable" : "" : parameter.In;
            page
                .Append(
                    CultureInfo.InvariantCulture,
                    $"<tr><td><code>{Html(parameter.Name)}</code><br><span class=\"soft\">{where}</span></td>"
                    + $"<td>{Html(parameter.Description)}</td>")
                .Append(
                    CultureInfo.InvariantCulture,
                    $"<td><code>{Html(parameter.Default?.ToString() ?? "")}</code></td><td>{Html(range)}</td>"
                    + $"<td><code>{Html(parameter.Example.ToString())}</code></td></tr>");
        }

        page.Append("</table>");
    }

    // The path with its examples, and the first of its parameters.
    private static string ExamplePath(ApiRoute route)
    {
        var path = route.Path;
        foreach (var parameter in route.Parameters.Where(one => one.In == "path"))
        {
            path = path.Replace(
                $"{{{parameter.Name}}}",
                Uri.EscapeDataString(parameter.Example.ToString()).Replace("%40", "@", StringComparison.Ordinal),
                StringComparison.Ordinal);
        }
        return path;
    }

    private static string Html(string text) => WebUtility.HtmlEncode(text);

    private static string ReadStyle()
    {
        using var reader = new StreamReader(typeof(ReferencePage).Assembly.GetManifestResourceStream("OpenData.Api/reference.css")!);
        return reader.ReadToEnd();
    }
}
