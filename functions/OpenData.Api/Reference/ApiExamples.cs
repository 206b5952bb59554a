namespace OpenData.Api.Reference;

/// <summary>The examples of bodies: JSON files in the folder Examples, embedded in this assembly.</summary>
internal static class ApiExamples
{
    /// <summary>Reads an example.</summary>
    /// <param name="name">Its file's name without <c>.json</c>.</param>
    /// <exception cref="InvalidOperationException">There is no such file.</exception>
    public static string Read(string name)
    {
        using var stream = typeof(ApiExamples).Assembly.GetManifestResourceStream($"OpenData.Api/examples/{name}.json")
            ?? throw new InvalidOperationException($"There is no example '{name}.json'.");
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd();
    }
}
