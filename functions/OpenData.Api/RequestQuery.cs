using Microsoft.AspNetCore.Http;
using OpenData.Demand.Requests;

namespace OpenData.Api;

/// <summary>Which data requests a caller wants to see.</summary>
internal sealed class RequestQuery
{
    private readonly RequestState? _state;
    private readonly string? _group;
    private readonly string? _agency;
    private readonly string[] _words;

    public RequestQuery(IQueryCollection query)
    {
        _group = Text("group");
        _agency = Text("agency");
        _words = (Text("q") ?? "").Normalize().Split(' ', StringSplitOptions.RemoveEmptyEntries);
        Limit = Number("limit", 20, 1, 100);
        Offset = Number("offset", 0, 0, 100_000);
        if (Text("state") is { } state)
        {
            _state = Enum.TryParse<RequestState>(state, ignoreCase: true, out var parsed) && !char.IsDigit(state[0])
                ? parsed
                : throw new ApiException(400, "InvalidParameter", $"state is '{state}': it must be open, accepted, refused or released.");
        }

        string? Text(string name) => query[name] is [{ Length: > 0 } text, ..] ? text : null;

        int Number(string name, int otherwise, int least, int most)
        {
            if (Text(name) is not { } text) return otherwise;
            return int.TryParse(text, out var number) && number >= least && number <= most
                ? number
                : throw new ApiException(400, "InvalidParameter", $"{name} is '{text}': it must be a whole number from {least} to {most}.");
        }
    }

    public int Limit { get; }

    public int Offset { get; }

    public bool Matches(DataRequest request) =>
        request.Moderation == Moderation.Shown
        && (_state is null || request.State == _state)
        && (_group is null || request.Group == _group)
        && (_agency is null || request.Agency == _agency)
        && _words.All(word => request.Title.Contains(word, StringComparison.OrdinalIgnoreCase) || request.Wanted.Contains(word, StringComparison.OrdinalIgnoreCase));
}
