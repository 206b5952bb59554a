using System.Text.Json;
using Azure;
using OpenData.Lake;

namespace OpenData.Ingest.Publishing;

/// <summary>
/// Whose publications need an approver's word, as planners say in <c>publication.json</c> in the container <c>planning</c>:
/// <c>{"approval": ["nfa", "molit"]}</c>, or <c>["*"]</c> for all agencies.
/// </summary>
/// <param name="Approval">The agencies.</param>
internal sealed record PublicationRules(IReadOnlyList<string> Approval)
{
    /// <summary>The file's name.</summary>
    public const string FileName = "publication.json";

    private static readonly PublicationRules Everybody = new(["*"]);

    /// <summary>Whether what an agency drops waits for an approver.</summary>
    public bool NeedsApproval(string agency) => Approval.Contains("*") || Approval.Contains(agency);

    /// <summary>Reads the rules. A file that cannot be read lets nothing through: everything waits.</summary>
    public static async Task<PublicationRules> ReadAsync(Storage storage, CancellationToken cancellation)
    {
        try
        {
            var found = await storage.Planning.GetBlobClient(FileName).DownloadContentAsync(cancellation);
            return found.Value.Content.ToObjectFromJson<PublicationRules>(OpenDataJson.Stored) is { Approval: not null } rules
                ? rules : Everybody;
        }
        catch (RequestFailedException e) when (e.Status == 404)
        {
            return new PublicationRules([]);
        }
        catch (JsonException)
        {
            return Everybody;
        }
    }
}
