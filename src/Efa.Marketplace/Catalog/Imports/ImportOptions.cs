namespace Efa.Marketplace.Catalog.Imports;

/// <summary>Settings of section <c>Imports</c>: what a file of offers may be.</summary>
public sealed class ImportOptions
{
    public const string Section = "Imports";

    /// <summary>Largest file, also unpacked.</summary>
    public long MaxBytes { get; set; } = 512 * 1024 * 1024;

    /// <summary>Most rows of a file.</summary>
    public int MaxRows { get; set; } = 200_000;

    /// <summary>What is wrong with them, by the name of the setting.</summary>
    public string? Problem() =>
        MaxBytes < 1 ? $"{Section}:MaxBytes is {MaxBytes}, but must be at least 1."
        : MaxRows < 1 ? $"{Section}:MaxRows is {MaxRows}, but must be at least 1."
        : null;
}
