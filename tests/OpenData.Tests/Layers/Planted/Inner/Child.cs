namespace OpenData.Tests.Layers.Planted.Inner;

/// <summary>Uses its parent folder's <see cref="Parent"/>, which needs no <c>using</c>.</summary>
internal sealed record Child(int Depth)
{
    public int Again() => Parent.Depth(this);
}
