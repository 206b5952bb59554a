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

    /// <summary>Whether everybody gets the same answers, so that caches may keep them.</summary>
    public abstract bool IsPublic { get; }

    /// <summary>When everybody is shown something else without a change, as an embargo ends; null if that is not so.</summary>
    public virtual DateTimeOffset? ChangesAt => null;

    /// <summary>Refuses a viewer who may know of it but not read it.</summary>
    /// <exception cref="NotVisibleException">The viewer may not read its records.</exception>
    public abstract void RequireRecords();

    /// <summary>Whether it has a field of this name.</summary>
    public abstract bool HasField(string name);

    /// <summary>How many records there are.</summary>
    public abstract long Rows { get; }
}
