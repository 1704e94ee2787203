namespace Efa.Graph.Tests.Authorisation;

/// <summary>Who asks for a thing, from whom least is shown to whom most is.</summary>
internal enum Who
{
    Anonymous,

    /// <summary>Acts for an organisation that has nothing to do with the thing, with all scopes.</summary>
    Stranger,

    /// <summary>Acts for a party of the thing, without any scope.</summary>
    Powerless,

    /// <summary>Acts for a party of the thing, with all scopes.</summary>
    Right,
}

/// <summary>Who sees a field or a thing; each includes those before it.</summary>
internal enum Seen
{
    ByEverybody = Who.Anonymous,
    ByCallers = Who.Stranger,
    ByParties = Who.Powerless,
    ByPartiesWithScope = Who.Right,
}
