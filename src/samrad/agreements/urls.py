"""Pages of agreements that are being made, and of what is done with one in force."""

from __future__ import annotations

from django.urls import URLPattern, URLResolver, path

from samrad.agreements.views import (
    comments,
    commitments,
    drafts,
    keeping,
    papers,
    register,
    signing,
    templates,
)

app_name = "agreements"
DRAFT = "agreement-drafts/<uuid:ref>/"
PARTY = "agreement-parties/<uuid:ref>/"
TEMPLATE = "agreement-templates/<uuid:ref>/"
AGREEMENT = "agreements/<uuid:ref>/"
urlpatterns: list[URLPattern | URLResolver] = [
    path("councils/<uuid:ref>/agreement/new/", drafts.start, name="start"),
    path("councils/<uuid:ref>/agreement/drafts/", drafts.drafts, name="drafts"),
    path(DRAFT, drafts.draft, name="draft"),
    path(f"{DRAFT}write/", drafts.write, name="write"),
    path(f"{DRAFT}parties/", drafts.parties, name="parties"),
    path(f"{DRAFT}changes/", drafts.changes, name="changes"),
    path(f"{DRAFT}history/", keeping.history, name="history"),
    path(f"{DRAFT}additions/", drafts.take_in, name="take_in"),
    path(f"{DRAFT}withdraw/", drafts.withdraw, name="withdraw"),
    path(f"{DRAFT}comments/", comments.open_up, name="comments"),
    path("agreement-clauses/<uuid:ref>/comment/", comments.comment, name="comment"),
    path("agreement-comments/<uuid:ref>/", comments.answer, name="answer"),
    path(f"{DRAFT}to-sign/", signing.put_out, name="to_sign"),
    path(f"{DRAFT}remind/", signing.remind, name="remind"),
    path(f"{PARTY}sign/", signing.sign_it, name="sign"),
    path(f"{PARTY}not-yet/", signing.not_yet, name="not_yet"),
    path(f"{PARTY}paper/", signing.on_paper, name="on_paper"),
    path(f"{PARTY}since/", signing.since_signed, name="since_signed"),
    path("agreement-signatures/<uuid:ref>/", signing.scan, name="scan"),
    path(f"{DRAFT}pdf/", papers.draft, {"form": "pdf"}, name="draft_pdf"),
    path(f"{DRAFT}docx/", papers.draft, {"form": "docx"}, name="draft_docx"),
    path(f"{AGREEMENT}pdf/", papers.agreement, {"form": "pdf"}, name="pdf"),
    path(f"{AGREEMENT}docx/", papers.agreement, {"form": "docx"}, name="docx"),
    path(f"{AGREEMENT}signatures/", keeping.signatures, name="signatures"),
    path(f"{AGREEMENT}versions/", keeping.versions, name="versions"),
    path(f"{AGREEMENT}amend/", keeping.amend, name="amend"),
    path(f"{AGREEMENT}evaluate/", keeping.evaluate, name="evaluate"),
    path(f"{AGREEMENT}end/", keeping.end, name="end"),
    path("agreement-templates/", templates.templates, name="templates"),
    path("agreement-templates/new/", templates.begin, name="begin_template"),
    path(TEMPLATE, templates.template, name="template"),
    path(f"{TEMPLATE}write/", templates.write, name="write_template"),
    path(f"{TEMPLATE}publish/", templates.publish, name="publish_template"),
    path(f"{TEMPLATE}next/", templates.next_version, name="next_template"),
    path(f"{TEMPLATE}drop/", templates.drop, name="drop_template"),
    path(f"{DRAFT}template/", templates.newer, name="newer_template"),
    path(f"{AGREEMENT}template/", templates.since, name="template_since"),
    path("agreements/", register.register, name="register"),
    path(f"{AGREEMENT}promises/", commitments.commitments, name="commitments"),
    path(f"{AGREEMENT}promises/note/", commitments.add, name="add_commitment"),
    path("promises/<uuid:ref>/", commitments.follow, name="commitment"),
    path("promises/<uuid:ref>/stop/", commitments.stop, name="stop"),
    path("promises/<uuid:ref>/now/", commitments.settle, name="settle"),
    path("promises/<uuid:ref>/out/", commitments.take_it_out, name="take_out"),
]
