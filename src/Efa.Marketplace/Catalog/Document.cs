namespace Efa.Marketplace.Catalog;

/// <summary>A document to read, found by the hash of its bytes.</summary>
public sealed record Document(DocumentKind Kind, string Title, string MediaType, string Sha256);
