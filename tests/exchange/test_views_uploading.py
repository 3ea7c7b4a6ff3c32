"""Files and pasted text come in through the page; whatever they are, the answer is a sentence."""

from __future__ import annotations

from io import BytesIO
from typing import Any

import pytest
from django.test import Client

from apps.exchange.models import ImportJob
from apps.papers.models import Paper
from tests.exchange.documents import POST, TABLE

pytestmark = pytest.mark.django_db
ROW = "| Bad{n} | [A paper of many {n}](https://arxiv.org/abs/2401.2000{n}) | KDD |"
HEAD = "| Name | Paper | Venue |\n| --- | --- | --- |\n"


def upload(client: Client, *files: tuple[str, bytes], **data: str) -> Any:
    several = []
    for name, content in files:
        file = BytesIO(content)
        file.name = name
        several.append(file)
    return client.post("/imports/new", {"files": several, "format": "auto", **data}, follow=True)


@pytest.mark.parametrize(
    ("method", "path"), [("get", "/imports/new"), ("post", "/imports/new"), ("get", "/imports/batch/x/")]
)
def test_only_editors_may_import(method: str, path: str, client_of, settings) -> None:  # type: ignore[no-untyped-def]
    for role in ("reader", "writer"):
        assert getattr(client_of(role), method)(path).status_code == 404
    for public in (False, True):
        settings.PAPERNOTES_PUBLIC = public
        assert getattr(client_of("stranger"), method)(path)["Location"].startswith("/accounts/login/")


@pytest.mark.parametrize("role", ["editor", "administrator"])
def test_the_page_states_the_limit(role: str, client_of, settings) -> None:  # type: ignore[no-untyped-def]
    settings.PAPERNOTES_UPLOAD_BYTES = 3 * 1024 * 1024
    text = client_of(role).get("/imports/new").content.decode()
    assert "3.0" in text and 'enctype="multipart/form-data"' in text and "multiple" in text


def test_one_file_leads_to_its_preview(client_of) -> None:  # type: ignore[no-untyped-def]
    answer = upload(client_of("editor"), ("t.md", TABLE.encode()))
    job = ImportJob.objects.get()
    assert answer.redirect_chain[-1][0] == f"/imports/{job.pk}/"
    assert (job.state, str(job.user), Paper.objects.count()) == ("preview", "editor", 0)


def test_several_files_lead_to_their_batch_and_a_bad_one_stops_no_other(client_of) -> None:  # type: ignore[no-untyped-def]
    answer = upload(
        client_of("editor"), ("t.md", TABLE.encode()), ("x.png", b"\x89PNG\r\n\x1a\n"), ("post.md", POST.encode())
    )
    batch = ImportJob.objects.first().batch  # type: ignore[union-attr]
    assert answer.redirect_chain[-1][0] == f"/imports/batch/{batch}/"
    text = answer.content.decode()
    assert all(words in text for words in ("t.md", "x.png", "post.md", "This is a PNG file, not text."))


def test_all_that_are_ready_are_applied_with_one_click(client_of, django_capture_on_commit_callbacks) -> None:  # type: ignore[no-untyped-def]
    client = client_of("editor")
    upload(client, ("t.md", TABLE.encode()), ("empty.md", b""), ("post.md", POST.encode()))
    batch = ImportJob.objects.first().batch  # type: ignore[union-attr]
    with django_capture_on_commit_callbacks(execute=True):
        client.post(f"/imports/batch/{batch}/apply")
    assert sorted(ImportJob.objects.values_list("state", flat=True)) == ["applied", "applied", "failed"]
    assert Paper.objects.count() == 4
    again = client.post(f"/imports/batch/{batch}/apply", follow=True)
    assert again.status_code == 200 and Paper.objects.count() == 4


def test_pasted_text_is_previewed_under_its_title(client_of) -> None:  # type: ignore[no-untyped-def]
    rows = HEAD + ROW.format(n=1)
    client_of("editor").post("/imports/new", {"text": rows, "name": "From a chat", "format": "auto"})
    job = ImportJob.objects.get()
    assert (job.state, str(job), job.plan["tables"][0]["title"]) == ("preview", "From a chat", "From a chat")


@pytest.mark.parametrize("text", ["Nothing that is known here, says Zoë & <b>Ann</b>.", "just\x00 words"])
def test_pasted_text_that_is_not_recognised_stays_in_the_form(text: str, client_of) -> None:  # type: ignore[no-untyped-def]
    answer = client_of("editor").post("/imports/new", {"text": text, "name": "My text", "format": "auto"})
    page = answer.content.decode()
    assert answer.status_code == 422
    assert "No known format was recognised" in page
    assert answer.context["form"]["text"].value() == text and "My text" in page
    assert not ImportJob.objects.exists()


def test_nothing_at_all_is_told(client_of) -> None:  # type: ignore[no-untyped-def]
    answer = client_of("editor").post("/imports/new", {"text": "  ", "format": "auto"})
    assert answer.status_code == 422 and "Choose at least one file" in answer.content.decode()


def test_an_unknown_format_is_refused_and_a_chosen_one_is_used(client_of) -> None:  # type: ignore[no-untyped-def]
    client = client_of("editor")
    assert client.post("/imports/new", {"text": TABLE, "format": "nonsense"}).status_code == 422
    client.post("/imports/new", {"text": TABLE, "format": "table"})
    assert ImportJob.objects.get().format == "table"


def many_columns() -> bytes:
    wide = "| " + " | ".join(f"c{n}" for n in range(10_000)) + " |\n|" + " --- |" * 10_000 + "\n|" + " x |" * 10_000
    return f"# A table\n\n{wide}\n\n## Another\n\n{HEAD}{ROW.format(n=1)}\n".encode()


GOOD = HEAD + ROW.format(n=1) + "\n"
CHINESE = GOOD.replace("A paper of many", "一篇关于推荐系统与大模型的论文，研究其中的方法")
BAD = {
    "empty": (b"", "The file is empty.", 0),
    "GBK": (CHINESE.encode("gbk"), "The file is in GBK", 1),
    "UTF-16": (CHINESE.encode("utf-16"), "", 1),
    "BOM": (CHINESE.encode("utf-8-sig"), "", 1),
    "NUL": (GOOD.replace("many", "ma\x00ny").encode(), "control characters were removed", 1),
    "CRLF": (GOOD.replace("\n", "\r\n").encode(), "", 1),
    "lone surrogates": (GOOD.encode().replace(b"many", b"m\xed\xa0\x80any"), "stored in halves", 1),
    "ZIP": (b"PK\x03\x04 and more", "This is an archive or an Office document", 0),
    "PNG": (b"\x89PNG\r\n\x1a\n", "This is a PNG file, not text.", 0),
    "a line of 10 MB": (GOOD.encode() + b"x" * 10_000_000 + b"\n", "A line of 10000000 characters was left out", 1),
    "10,000 columns": (many_columns(), "A table of 10000 columns was left out", 1),
    "no document": (b"\x00\x01\x02\x03" * 999, "could not be decoded", 0),
}


@pytest.mark.parametrize("name", BAD)
def test_bad_input_gives_a_clear_message_and_good_records_are_kept(  # type: ignore[no-untyped-def]
    name: str, client_of, django_capture_on_commit_callbacks
) -> None:
    content, message, papers = BAD[name]
    client = client_of("editor")
    answer = upload(client, ("some file.md", content))
    assert answer.status_code == 200
    assert message in answer.content.decode()
    job = ImportJob.objects.get()
    if not papers:
        assert job.state == "failed"
        return
    with django_capture_on_commit_callbacks(execute=True):
        client.post(f"/imports/{job.pk}/apply")
    assert Paper.objects.count() == papers
    assert client.get(f"/imports/{job.pk}/").status_code == 200


def test_a_file_over_the_limit_is_told_by_its_size(client_of, settings) -> None:  # type: ignore[no-untyped-def]
    settings.PAPERNOTES_UPLOAD_BYTES = 1000
    answer = upload(client_of("editor"), ("large.md", b"x" * 5000), ("t.md", GOOD.encode()))
    assert "5000 bytes, at most 1000 are read" in answer.content.decode()
    assert sorted(ImportJob.objects.values_list("state", flat=True)) == ["failed", "preview"]


def test_the_message_is_in_the_language_of_the_page(client_of) -> None:  # type: ignore[no-untyped-def]
    client = client_of("editor")
    client.cookies.load({"django_language": "zh-hans"})
    text = upload(client, ("x.md", b"")).content.decode()
    assert 'lang="zh-hans"' in text and "The file is empty." not in text


def test_script_in_titles_and_cells_is_text(client_of, django_capture_on_commit_callbacks) -> None:  # type: ignore[no-untyped-def]
    nasty = "<script>alert(1)</script><img src=x onerror=alert(2)>"
    document = f"# {nasty} list\n\n| Name | Paper | Venue | LLM |\n| --- | --- | --- | --- |\n"
    document += f"| {nasty} | [Paper {nasty}](https://arxiv.org/abs/2401.20001) | {nasty} | {nasty} |\n"
    client = client_of("editor")
    pages = [upload(client, (f"{nasty}.md", document.encode())).content.decode()]
    job = ImportJob.objects.get()
    with django_capture_on_commit_callbacks(execute=True):
        client.post(f"/imports/{job.pk}/apply")
    assert Paper.objects.count() == 1
    pages += [client.get(path).content.decode() for path in ("/imports/", f"/imports/{job.pk}/", "/map/", "/review/")]
    for page in pages:
        assert "<script>alert" not in page and "<img src=x" not in page
    assert "alert(1)" in pages[0]


def test_uploading_needs_the_forms_token(editor) -> None:  # type: ignore[no-untyped-def]
    client = Client(enforce_csrf_checks=True)
    client.force_login(editor)
    assert client.post("/imports/new", {"text": TABLE, "format": "auto"}).status_code == 403
    assert not ImportJob.objects.exists()


def test_an_unknown_batch_is_not_found(client_of) -> None:  # type: ignore[no-untyped-def]
    client = client_of("editor")
    assert client.get("/imports/batch/nothing/").status_code == 404
    assert client.post("/imports/batch/nothing/apply").status_code == 404
