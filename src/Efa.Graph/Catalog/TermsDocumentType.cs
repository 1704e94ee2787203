using Efa.Graph.Engine;
using Efa.Graph.Engine.Types;
using Efa.Graph.Http;
using Efa.Graph.Organisations;
using Efa.Marketplace.Catalog;
using Efa.Marketplace.Events;
using GraphQL.Types;

namespace Efa.Graph.Catalog;

/// <summary>Text that an order accepts.</summary>
public sealed class TermsDocumentType : ObjectGraphType<TermsDocument>
{
    public TermsDocumentType()
    {
        Name = "TermsDocument";
        Description = "Text that an order accepts, byte by byte.";
        Interface<NodeInterface>();
        this.IdField(IdPrefix.Terms, t => t.Id);
        Field<NonNullGraphType<OrganisationType>>("owner").Resolve(context => context.Request().Get<OrganisationLoader>().Load(context.Source.OwnerId));
        Field<NonNullGraphType<EnumType<DocumentKind>>>("kind").Resolve(context => context.Source.DocumentKind);
        Field<NonNullGraphType<StringGraphType>>("title").Resolve(context => context.Source.Title);
        Field<NonNullGraphType<StringGraphType>>("versionLabel").Description("The owner's own, such as 3.1.").Resolve(context => context.Source.VersionLabel);
        Field<NonNullGraphType<Sha256Type>>("sha256").Resolve(context => context.Source.Sha256);
        Field<NonNullGraphType<UrlType>>("url").Description("Where its bytes are; public.").Resolve(context => context.Request().Get<DocumentAddress>().Of(context.Source.Sha256));
        Field<NonNullGraphType<DateType>>("validFrom").Resolve(context => context.Source.ValidFrom);
        Field<TermsDocumentType>("supersededBy").Description("Takes its place from its own validFrom on.")
            .Resolve(context => context.Source.SupersededById is { } id ? context.Request().Get<TermsDocumentLoader>().Load(id) : null);
    }
}

public sealed class DocumentType : ObjectGraphType<Document>
{
    public DocumentType()
    {
        (Name, Description) = ("Document", "A document to read, found by the hash of its bytes.");
        Field<NonNullGraphType<EnumType<DocumentKind>>>("kind").Resolve(context => context.Source.Kind);
        Field<NonNullGraphType<StringGraphType>>("title").Resolve(context => context.Source.Title);
        Field<NonNullGraphType<StringGraphType>>("mediaType").Resolve(context => context.Source.MediaType);
        Field<NonNullGraphType<Sha256Type>>("sha256").Resolve(context => context.Source.Sha256);
        Field<NonNullGraphType<UrlType>>("url").Resolve(context => context.Request().Get<DocumentAddress>().Of(context.Source.Sha256));
    }
}
