using System.Runtime.InteropServices;

namespace OpenData.Tests.Infra;

/// <summary>
/// A test that runs the bicep program, which the packages bring for x64 Linux only; elsewhere it says that it is skipped.
/// </summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class BicepFactAttribute : FactAttribute
{
    public BicepFactAttribute()
    {
        if (!OperatingSystem.IsLinux() || RuntimeInformation.OSArchitecture != Architecture.X64)
        {
            Skip = "Skipped: the bicep program comes as a package for x64 Linux only. CI runs this test.";
        }
    }
}
