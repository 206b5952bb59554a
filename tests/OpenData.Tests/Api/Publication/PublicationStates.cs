using OpenData.Access;
using OpenData.Catalog;
using OpenData.Catalog.Publication;
using OpenData.Lake;
using static OpenData.Tests.TestDatasets;

namespace OpenData.Tests.Api.Publication;

/// <summary>A dataset in each state, and a key for each kind of viewer.</summary>
public sealed class PublicationStates : IAsyncLifetime
{
    /// <summary>A value that every dataset's rows, file and statistics hold, and nothing else.</summary>
    public const string Secret = "secret7391";

    /// <summary>What the agency says of each dataset, by its name; and the state that makes.</summary>
    private static readonly (string Name, PublicationState State, DatasetMetadata Metadata)[] Datasets =
    [
        ("open", PublicationState.Public, new DatasetMetadata()),
        ("restricted", PublicationState.Restricted, new DatasetMetadata { AccessRights = "restricted" }),
        ("restricted-unlisted", PublicationState.Restricted, new DatasetMetadata { AccessRights = "restricted", Listed = false }),
        ("closed", PublicationState.NonPublic, new DatasetMetadata { AccessRights = "non_public" }),
        ("closed-unlisted", PublicationState.NonPublic, new DatasetMetadata { AccessRights = "non_public", Listed = false }),
        ("unreadable", PublicationState.NonPublic, new DatasetMetadata { AccessRights = "대외비" }),
        ("embargoed", PublicationState.Embargoed, new DatasetMetadata { ReleaseAt = DateTimeOffset.MaxValue }),
        ("withdrawn", PublicationState.Withdrawn, new DatasetMetadata()),
        ("purged", PublicationState.Purged, new DatasetMetadata()),
    ];

    internal TestApi Api { get; private set; } = null!;

    /// <summary>The header with which each viewer asks; null for none.</summary>
    public Dictionary<string, string?> Keys { get; } = new(StringComparer.Ordinal);

    /// <summary>The names of the datasets.</summary>
    public static IEnumerable<string> Names => Datasets.Select(one => one.Name);

    /// <summary>A dataset as the catalogue knows it.</summary>
    internal async Task<DatasetEntry> EntryAsync(string name) =>
        (await new DatasetCatalog(Api.Storage).FindAsync(DatasetId.Parse($"{name}@nfa")))!;

    /// <summary>The state that a dataset is in.</summary>
    public static PublicationState StateOf(string name) => Datasets.Single(one => one.Name == name).State;

    /// <inheritdoc/>
    public async Task InitializeAsync()
    {
        Api = await TestApi.StartAsync();
        var catalog = new DatasetCatalog(Api.Storage);
        foreach (var (name, state, metadata) in Datasets)
        {
            var id = $"{name}@nfa";
            await PublishAsync(
                Api.Storage, id, [$"SELECT '{Secret}' AS word, 1 AS n"], [Field("word", FieldType.Text), Field("n", FieldType.Int)],
                metadata with { Title = $"title-of-{name}", License = "CC-BY-4.0" },
                profile: new { fields = new[] { new { name = "word", nulls = 0, distinct = 1, min = Secret, max = Secret } } });
            if (state is PublicationState.Withdrawn or PublicationState.Purged)
            {
                await catalog.WithdrawAsync(DatasetId.Parse(id), new Withdrawal(
                    null, WithdrawalReason.Privacy, DateTimeOffset.UnixEpoch, Purged: state == PublicationState.Purged));
            }
        }

        var keys = new KeyStore(Api.Storage, new OpenDataSettings(), TimeProvider.System);
        Keys["anybody"] = null;
        Keys["its agency"] = await keys.IssueAsync(NewKey.OfAgency("nfa"));
        Keys["another agency"] = await keys.IssueAsync(NewKey.OfAgency("molit"));
        Keys["planners"] = await keys.IssueAsync(NewKey.OfAgency(AccessKey.Planners));
    }

    /// <summary>What a viewer is, as the table of visibility knows it.</summary>
    public static Viewer ViewerOf(string viewer) => viewer switch
    {
        "its agency" => new Viewer { Agency = "nfa" },
        "another agency" => new Viewer { Agency = "molit" },
        "planners" => new Viewer { Agency = "planning", IsPlanner = true },
        _ => Viewer.Anybody,
    };

    /// <inheritdoc/>
    public async Task DisposeAsync() => await Api.DisposeAsync();
}
