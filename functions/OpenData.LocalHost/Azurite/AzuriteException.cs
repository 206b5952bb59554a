namespace OpenData.LocalHost.Azurite;

/// <summary>Azurite cannot run here. The message says why and what to do.</summary>
public sealed class AzuriteException(string message) : Exception(message);
