using OpenData.Catalog;
using OpenData.Portal.Rendering;
using OpenData.Portal.Requests;

namespace OpenData.Portal.Desk;

/// <summary>An agency's desk.</summary>
public sealed record DeskModel
{
    /// <summary>The agency's folder name; null if nobody has signed in.</summary>
    public required string? Agency { get; init; }

    /// <summary>What every form must carry.</summary>
    public string Token { get; init; } = "";

    /// <summary>What is wrong with what was sent; null if nothing is.</summary>
    public string? Fault { get; init; }

    /// <summary>The dataset folder that was typed or named in the address.</summary>
    public string? Dataset { get; init; }

    /// <summary>The latest uploads.</summary>
    public IReadOnlyList<Upload> Uploads { get; init; } = [];

    /// <summary>The datasets of the agency.</summary>
    public IReadOnlyList<DatasetSummary> Datasets { get; init; } = [];

    /// <summary>Requests for the agency to decide.</summary>
    public IReadOnlyList<RequestModel> Requests { get; init; } = [];
}

/// <summary>What became of an upload.</summary>
/// <param name="Upload">Its record; null until it is taken up.</param>
/// <param name="Problems">What was found, one entry a kind, the worst first.</param>
public sealed record UploadModel(Upload? Upload, IReadOnlyList<UploadProblem> Problems)
{
    /// <summary>Whether it is still to be waited for.</summary>
    public bool IsWaiting => Upload is null or { State: UploadState.Processing };
}

/// <summary>A kind of problem in an upload.</summary>
/// <param name="Severity"><c>note</c>, <c>warning</c> or <c>error</c>.</param>
/// <param name="What">What is wrong.</param>
/// <param name="Fix">What to do about it.</param>
/// <param name="Places">Where it was found: line, column and value, each null where there is none.</param>
public sealed record UploadProblem(
    string Severity, string What, string Fix, IReadOnlyList<(long? Line, string? Column, string? Value)> Places);

/// <summary>The form of a dataset's description.</summary>
/// <param name="Id">The dataset, <c>{dataset}@{agency}</c>.</param>
/// <param name="Token">What the form must carry.</param>
/// <param name="Values">What is said now, by the members of dataset.json; lists with commas.</param>
/// <param name="Missing">The measures of quality that more words would raise: name and points.</param>
/// <param name="Points">The points of the description, of 405.</param>
/// <param name="IsSaved">Whether it was sent just now.</param>
public sealed record DescriptionModel(
    string Id, string Token, IReadOnlyDictionary<string, string> Values, IReadOnlyList<(string Name, double Points)> Missing, double Points,
    bool IsSaved);
