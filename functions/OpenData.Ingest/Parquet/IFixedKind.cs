namespace OpenData.Ingest.Parquet;

/// <summary>What a column of fixed size has to know of its values, without a call for each.</summary>
internal interface IFixedKind<T>
{
    /// <summary>A value that is not greater than any other, and one that is not less: where a search for bounds begins.</summary>
    static abstract (T Greatest, T Least) Unbounded { get; }

    static abstract T Min(T one, T other);

    static abstract T Max(T one, T other);

    /// <summary>A value as a number, for sums; 0 where that means nothing.</summary>
    static abstract double Number(T value);

    /// <summary>Bits that tell a value from others; from all others, if it has no more than 64.</summary>
    static abstract ulong Bits(T value);
}
