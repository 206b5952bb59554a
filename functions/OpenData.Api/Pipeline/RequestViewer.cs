using Microsoft.AspNetCore.Http;
using OpenData.Catalog.Publication;

namespace OpenData.Api.Pipeline;

/// <summary>Who asks, and when, as the pipeline has established before an endpoint's work begins.</summary>
internal static class RequestViewer
{
    private const string ViewerKey = "OpenData.Viewer";
    private const string TimeKey = "OpenData.Time";

    private static readonly Viewer Anybody = new();

    /// <summary>Who asks; anybody until something else was established.</summary>
    public static Viewer Viewer(this HttpRequest request) => request.HttpContext.Items[ViewerKey] as Viewer ?? Anybody;

    /// <summary>When the request came.</summary>
    public static DateTimeOffset TimeOf(HttpRequest request) => (DateTimeOffset)request.HttpContext.Items[TimeKey]!;

    /// <summary>Keeps who asks.</summary>
    public static void Set(HttpContext context, Viewer viewer) => context.Items[ViewerKey] = viewer;

    /// <summary>Keeps when a request came.</summary>
    public static void Set(HttpContext context, DateTimeOffset time) => context.Items[TimeKey] = time;
}
