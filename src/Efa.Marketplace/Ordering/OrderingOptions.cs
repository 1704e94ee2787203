namespace Efa.Marketplace.Ordering;

/// <summary>Settings of ordering.</summary>
public sealed class OrderingOptions
{
    public const string Section = "Ordering";
    public const int MostDays = 3650;

    /// <summary>After so many days without the next step an order that does not bind expires; 1 to 3650.</summary>
    public int ExpireAfterDays { get; set; } = 180;

    public string? Problem => ExpireAfterDays is < 1 or > MostDays ? $"{Section}:{nameof(ExpireAfterDays)} is {ExpireAfterDays}, but must be 1 to {MostDays}." : null;
}
