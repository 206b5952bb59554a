namespace OpenData.Tests.Layers.Planted;

/// <summary>
/// With <see cref="Inner.Child"/> a circle between a folder and the folder that holds it, for <see cref="LayerTests"/> to find.
/// </summary>
internal static class Parent
{
    public static int Depth(Inner.Child child) => child.Depth;
}
