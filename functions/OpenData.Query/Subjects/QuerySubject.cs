namespace OpenData.Query.Subjects;

/// <summary>What a question is put to: a dataset version or the catalogue.</summary>
public abstract class QuerySubject
{
    private protected QuerySubject(string fingerprint, DateTimeOffset lastModified) =>
        (Fingerprint, LastModified) = (fingerprint, lastModified);

    /// <summary>The same for as long as the answer to a question is the same.</summary>
    public string Fingerprint { get; }

    /// <summary>Names the data that a question reads: two subjects with the same name have the same records.</summary>
    internal abstract string DataName { get; }

    /// <summary>When it last changed.</summary>
    public DateTimeOffset LastModified { get; }

    /// <summary>Whether it was asked for by the name of a version, which never changes.</summary>
    public bool IsPinned { get; internal init; }

    /// <summary>Whether it has a field of this name.</summary>
    public abstract bool HasField(string name);

    /// <summary>How many records there are.</summary>
    public abstract long Rows { get; }
}
