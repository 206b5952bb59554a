using OpenData.Api.Routing;

namespace OpenData.Api.Reference;

/// <summary>
/// Every route of <see cref="Routes"/>, in the order of the reference. What all have in common is in the document's introduction.
/// </summary>
internal static class ApiRoutes
{
    public static IReadOnlyList<ApiRoute> All { get; } =
        [.. ExploreRoutes.All, .. DemandRoutes.All, .. ReportRoutes.All, .. PublicationRoutes.All, .. OperationsRoutes.All];
}
