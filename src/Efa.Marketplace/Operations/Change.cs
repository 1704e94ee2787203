namespace Efa.Marketplace.Operations;

/// <summary>What an update makes of a value: another one, or null to empty it. Where an update says nothing of a value, there is no change.</summary>
public sealed record Change<T>(T? Value)
    where T : class;
