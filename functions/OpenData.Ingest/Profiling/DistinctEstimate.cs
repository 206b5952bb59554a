using System.Numerics;

namespace OpenData.Ingest.Profiling;

/// <summary>
/// Estimates the number of distinct values from their hashes in 4 KB, to about 2 %: HyperLogLog, with counting of empty registers for small
/// numbers (Flajolet et al., 2007, https://algo.inria.fr/flajolet/Publications/FlFuGaMe07.pdf).
/// </summary>
internal sealed class DistinctEstimate
{
    private const int Bits = 12, Registers = 1 << Bits;

    private readonly byte[] _registers = new byte[Registers];

    /// <summary>Takes note of a value by its hash, all of whose 64 bits must be well mixed.</summary>
    public void Add(ulong hash)
    {
        var register = hash >> (64 - Bits);
        var rank = (byte)(BitOperations.LeadingZeroCount((hash << Bits) | (1ul << (Bits - 1))) + 1);
        if (rank > _registers[register]) _registers[register] = rank;
    }

    /// <summary>The estimate.</summary>
    public long Count
    {
        get
        {
            double sum = 0;
            var empty = 0;
            foreach (var rank in _registers)
            {
                sum += 1.0 / (1ul << rank);
                empty += rank == 0 ? 1 : 0;
            }

            var estimate = 0.7213 / (1 + 1.079 / Registers) * Registers * Registers / sum;
            if (estimate <= 2.5 * Registers && empty > 0) estimate = Registers * Math.Log((double)Registers / empty);

            return (long)Math.Round(estimate);
        }
    }
}
