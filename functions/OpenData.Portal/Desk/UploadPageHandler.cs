using System.Text.Json;
using OpenData.Api.Pipeline;
using OpenData.Catalog;
using OpenData.Catalog.Problems;
using OpenData.Lake;
using OpenData.Portal.Rendering;

namespace OpenData.Portal.Desk;

/// <summary>What became of one upload, in the reader's language. While it is being read the browser asks again.</summary>
internal sealed class UploadPageHandler(DeskSessions sessions, UploadLog uploads) : IPageHandler
{
    private const int MaxPlaces = 20;

    /// <inheritdoc/>
    public async Task<PageAnswer> GetAsync(PageRequest request, CancellationToken cancellation)
    {
        var session = await sessions.RequireAsync(request, cancellation);
        var id = request.Value("upload_id");
        if (!DatasetId.IsName(id)) throw ApiException.NotFound(request.View.Text("error.nopage"));
        var upload = await uploads.FindAsync(session.Agency, id, cancellation);
        var model = new UploadModel(upload, upload is null ? [] : Problems(upload, request.View.Language));
        if (model.IsWaiting) request.Http.HttpContext.Response.Headers["Refresh"] = "2";
        return new Page(typeof(UploadPage), model)
        {
            Title = request.View.Text("upload.title"),
            Section = "desk",
            Cacheable = false,
            Indexed = false,
        };
    }

    private static IReadOnlyList<UploadProblem> Problems(Upload upload, string language) =>
    [
        .. upload.Problems
            .GroupBy(problem => problem.Code)
            .OrderByDescending(kind => kind.Max(problem => problem.Severity))
            .Select(kind => Problem([.. kind], language)),
    ];

    // The Korean words are those of the kind; the English ones are the problem's own, which name more.
    private static UploadProblem Problem(IReadOnlyList<Problem> places, string language)
    {
        var first = places[0];
        var words = language == "ko" ? ProblemGuide.Find(first.Code)?.Ko : null;
        return new UploadProblem(
            JsonSerializer.Serialize(first.Severity).Trim('"'),
            words?.What ?? first.Message,
            words?.Fix ?? first.Fix,
            [
                .. places
                    .Where(problem => problem.Line is not null || problem.Column is not null || problem.RawValue is not null)
                    .Take(MaxPlaces)
                    .Select(problem => (problem.Line, problem.Column, problem.RawValue)),
            ]);
    }
}
