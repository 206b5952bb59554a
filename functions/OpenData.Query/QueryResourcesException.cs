namespace OpenData.Query;

/// <summary>There is no room for what a question needs: neither memory nor disk.</summary>
public sealed class QueryResourcesException(string message, Exception inner) : Exception(message, inner);
