using System.Numerics;

namespace Efa.Marketplace.Pricing;

/// <summary>Divides a sum by weights.</summary>
public static class CostAllocation
{
    private const decimal WeightUnit = 1_000_000m;

    /// <summary>Parts in cents that add up to the sum: each is cut, and the cents that are left go to the largest remainders, the lower key first where they are equal.</summary>
    public static IReadOnlyList<AllocatedPart> LargestRemainder(decimal sum, IReadOnlyList<AllocationWeight> weights)
    {
        // Whole numbers, because a share of 28 digits would not tell equal remainders apart.
        var cents = new BigInteger(sum * 100m);
        BigInteger[] units = [.. weights.Select(w => new BigInteger(w.Weight * WeightUnit))];
        BigInteger total = units.Aggregate(BigInteger.Zero, (a, b) => a + b);
        (BigInteger Cut, BigInteger Remainder)[] shares = [.. units.Select(u => (cents * u / total, cents * u % total))];
        int left = (int)(cents - shares.Aggregate(BigInteger.Zero, (a, s) => a + s.Cut));
        HashSet<int> more = [.. Enumerable.Range(0, shares.Length)
            .OrderByDescending(i => shares[i].Remainder).ThenBy(i => weights[i].Ars, StringComparer.Ordinal).Take(left)];
        return [.. weights.Select((w, i) => new AllocatedPart(w, (decimal)shares[i].Cut / 100m, more.Contains(i) ? 0.01m : 0m))];
    }

    /// <summary>Each part up to the full euro (§ 7b BayDiV); the parts may add up to more than the sum.</summary>
    public static IReadOnlyList<AllocatedPart> UpToEuro(decimal sum, IReadOnlyList<AllocationWeight> weights)
    {
        decimal total = weights.Sum(w => w.Weight);
        return [.. weights.Select(w => new AllocatedPart(w, Math.Ceiling(sum * w.Weight / total), 0m))];
    }

    /// <summary>
    /// The part of a body. Only its own counts: a municipality has no part of its state's, which the state pays. A key that
    /// names the same body in more digits is the same: 091620000000 and 09162, or Hamburg's 020000000000 and 02.
    /// </summary>
    public static AllocatedPart? Of(this IReadOnlyList<AllocatedPart> parts, string? ars) =>
        ars is null ? null : parts.FirstOrDefault(p => BodyOf(p.Weight.Ars) == BodyOf(ars));

    /// <summary>The shortest key that names the same body.</summary>
    public static string BodyOf(string ars)
    {
        string body = ars.Length == 12 && ars.EndsWith("0000000", StringComparison.Ordinal) ? ars[..5] : ars;
        return body.Length == 5 && body.EndsWith("000", StringComparison.Ordinal) ? body[..2] : body;
    }
}

/// <summary>A part of a sum: what its weight gives, and the cent that makes all parts add up.</summary>
public sealed record AllocatedPart(AllocationWeight Weight, decimal Cut, decimal Extra)
{
    public decimal Amount => Cut + Extra;
}
