using System.Text.Json;
using System.Text.Json.Nodes;
using Azure;
using Azure.Storage.Blobs.Models;
using Microsoft.AspNetCore.Http;
using OpenData.Api.Pipeline;
using OpenData.Catalog;
using OpenData.Catalog.Quality;
using OpenData.Lake;
using OpenData.Portal.Rendering;

namespace OpenData.Portal.Desk;

/// <summary>The form of a dataset's description, which writes its dataset.json. What the form does not have stays in the file.</summary>
internal sealed class DescriptionHandler(DeskSessions sessions, Storage storage) : IFormHandler
{
    /// <summary>The members of the form with the most characters of each.</summary>
    public static IReadOnlyList<(string Name, int Most)> Members { get; } =
    [
        ("title", 200), ("description", 5_000), ("theme", 500), ("keyword", 500), ("license", 300), ("publisher", 200), ("contact", 300),
        ("spatial", 300), ("temporal", 100), ("update_frequency", 30), ("rights", 1_000),
    ];

    private static readonly string[] Lists = ["theme", "keyword"];

    /// <inheritdoc/>
    public async Task<PageAnswer> GetAsync(PageRequest request, CancellationToken cancellation)
    {
        var session = await sessions.RequireAsync(request, cancellation);
        var id = IdOf(request, session);
        var (file, _) = await ReadAsync(id, cancellation);
        var metadata = Parse(file);
        var score = DatasetQuality.Of(metadata, null, request.View.Now);
        var model = new DescriptionModel(
            id.ToString(),
            session.Token,
            Members.ToDictionary(member => member.Name, member => Text(file[member.Name]), StringComparer.Ordinal),
            [.. score.Metadata
                .Where(measure => measure.Missing is not null && IsOfForm(measure.Name))
                .Select(measure => (measure.Name, measure.Weight))],
            score.Metadata.Where(measure => IsOfForm(measure.Name)).Sum(measure => measure.Points),
            request.Address["saved"] is not null);
        return new Page(typeof(DescriptionPage), model)
        {
            Title = request.View.Text("description.title"),
            Section = "desk",
            Cacheable = false,
            Indexed = false,
        };
    }

    /// <inheritdoc/>
    public async Task<PageAnswer> PostAsync(PageRequest request, IFormCollection form, CancellationToken cancellation)
    {
        var session = await sessions.RequireAsync(request, cancellation);
        DeskSessions.Check(session, form, request.View);
        var id = IdOf(request, session);
        var (file, etag) = await ReadAsync(id, cancellation);
        foreach (var (name, most) in Members)
        {
            var text = UnicodeText.Nfc(form[name].ToString().Trim());
            if (text.Length > most) text = text[..most];
            if (text.Length == 0)
            {
                file.Remove(name);
            }
            else if (Lists.Contains(name))
            {
                file[name] = new JsonArray(
                    [.. text
                        .Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)
                        .Select(word => JsonValue.Create(word))]);
            }
            else
            {
                file[name] = text;
            }
        }

        try
        {
            await Blob(id).UploadAsync(
                BinaryData.FromString(file.ToJsonString(OpenDataJson.Readable)),
                new BlobUploadOptions
                {
                    Conditions = etag is null
                        ? new BlobRequestConditions { IfNoneMatch = ETag.All }
                        : new BlobRequestConditions { IfMatch = etag },
                },
                cancellation);
        }
        catch (RequestFailedException e) when (e.Status is 409 or 412)
        {
            throw new ApiException(409, "Conflict", request.View.Text("description.conflict"));
        }

        return new SeeOther(request.View.Link($"/desk/datasets/{PortalView.Escape(id.Dataset)}?saved=1"));
    }

    private static DatasetId IdOf(PageRequest request, DeskSession session) =>
        DatasetId.TryCreate(session.Agency, request.Value("dataset"), out var id)
            ? id
            : throw ApiException.NotFound(request.View.Text("error.nopage"));

    private Azure.Storage.Blobs.BlobClient Blob(DatasetId id) => storage.Incoming.GetBlobClient($"{id.Agency}/{id.Dataset}/dataset.json");

    // A file that is no JSON object was rejected when it was dropped; the form begins anew.
    private async Task<(JsonObject File, ETag? ETag)> ReadAsync(DatasetId id, CancellationToken cancellation)
    {
        try
        {
            var blob = (await Blob(id).DownloadContentAsync(cancellation)).Value;
            var options = new JsonDocumentOptions { CommentHandling = JsonCommentHandling.Skip, AllowTrailingCommas = true };
            try
            {
                return (JsonNode.Parse(blob.Content.ToMemory().Span, documentOptions: options) as JsonObject ?? [], blob.Details.ETag);
            }
            catch (JsonException)
            {
                return ([], blob.Details.ETag);
            }
        }
        catch (RequestFailedException e) when (e.Status == 404)
        {
            return ([], null);
        }
    }

    private static DatasetMetadata Parse(JsonObject file)
    {
        return new DatasetMetadata
        {
            Title = Given("title"),
            Description = Given("description"),
            Theme = Words("theme"),
            Keyword = Words("keyword"),
            License = Given("license"),
            Publisher = Given("publisher"),
            Contact = Given("contact"),
            Spatial = Given("spatial"),
            Temporal = Given("temporal"),
            Rights = Given("rights"),
            UpdateFrequency = Given("update_frequency"),
        };

        string? Given(string name) => Text(file[name]) is { Length: > 0 } text ? text : null;

        IReadOnlyList<string> Words(string name) => Given(name) is { } text ? [text] : [];
    }

    private static string Text(JsonNode? member) => member switch
    {
        JsonArray words => string.Join(", ", words.Select(Text)),
        JsonValue value => value.ToString(),
        _ => "",
    };

    private static bool IsOfForm(string measure) =>
        Members.Any(member => member.Name == measure) || measure is "dcat_ap" or "license_in_vocabulary";
}
