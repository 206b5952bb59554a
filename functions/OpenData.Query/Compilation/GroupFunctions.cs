using OpenData.Query.Language;

namespace OpenData.Query.Compilation;

/// <summary>The functions that make groups.</summary>
internal static class GroupFunctions
{
    /// <summary>A call as a group key; null if its function does not make groups.</summary>
    /// <param name="call">The call.</param>
    /// <param name="name">The key's name in the answer.</param>
    /// <param name="rows">Binds the arguments.</param>
    public static GroupKey? Bind(Call call, string name, ValueBinder rows) => call.Function switch
    {
        "range" => Ranges.Bind(call, name, rows),
        "geo_cluster" => Clusters.Bind(call, name, rows),
        _ => null,
    };
}
