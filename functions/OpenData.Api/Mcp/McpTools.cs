using System.Reflection;
using ModelContextProtocol.Protocol;
using ModelContextProtocol.Server;
using OpenData.Api.Pipeline;
using OpenData.Demand.Drops;
using OpenData.Demand.Requests;
using OpenData.Query;

namespace OpenData.Api.Mcp;

/// <summary>The tools that assistants may call. Their names, descriptions and parameters are read from the methods once.</summary>
public sealed class McpTools(QueryEngine engine, RequestBoard board, CurrentPlan plan, PublicAddress address, TimeProvider time)
{
    /// <summary>The instructions that an assistant gets before its first call.</summary>
    internal const string Instructions =
        """
        Open data of public agencies. First find a dataset with search_datasets (Korean or English words), then read its fields with
        describe_dataset, then ask with query_records: filters, sums and groups are computed here, so ask for the answer and not for all
        rows. Field names are used as they are; names with spaces or other signs go in backticks. Texts go in double quotes.
        Name the source, licence and version of what you cite; they are in every answer.
        """;

    private McpServerPrimitiveCollection<McpServerTool>? _all;

    /// <summary>All tools.</summary>
    internal McpServerPrimitiveCollection<McpServerTool> All => _all ??=
    [
        .. ToolsOf(call => new McpCatalogTools(engine, address, time, call)),
        .. ToolsOf(call => new McpRecordTools(engine, address, call)),
        .. ToolsOf(call => new McpDemandTools(board, plan, address, call)),
    ];

    private static IEnumerable<McpServerTool> ToolsOf<T>(Func<McpCall, T> create)
        where T : class => typeof(T).GetMethods(BindingFlags.Public | BindingFlags.Instance | BindingFlags.DeclaredOnly)
        .Where(method => method.GetCustomAttribute<McpServerToolAttribute>() is not null)
        .Select(method => McpServerTool.Create(method, (RequestContext<CallToolRequestParams> context) =>
            create((McpCall)context.Services!.GetService(typeof(McpCall))!)));
}
