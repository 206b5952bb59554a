namespace OpenData;

/// <summary>A setting is missing or cannot be understood. The message names it and says what it should look like.</summary>
public sealed class SettingException(string message) : Exception(message);
