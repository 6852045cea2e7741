"""The picture at the head of pages: a picture, from the plan's folder alone, or the reason why not."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from revplan.store.disk.logo import LARGEST, read_logo
from revplan.store.load import read

if TYPE_CHECKING:
    from pathlib import Path

PNG = b"\x89PNG\r\n\x1a\n rest"
SVG = b'<svg xmlns="http://www.w3.org/2000/svg"/>'


@pytest.mark.parametrize(
    ("content", "media_type"),
    [
        (PNG, "image/png"),
        (b"\xff\xd8\xff\xe0", "image/jpeg"),
        (b"RIFF\0\0\0\0WEBPVP8 ", "image/webp"),
        (SVG, "image/svg+xml"),
        (b"\xef\xbb\xbf<?xml version='1.0'?>\n<!-- a > b --><!DOCTYPE svg>\n" + SVG, "image/svg+xml"),
    ],
)
def test_pictures_are_known_by_how_they_begin(tmp_path: Path, content: bytes, media_type: str) -> None:
    (tmp_path / "logo").write_bytes(content)
    found = read_logo(tmp_path, "logo")
    assert (found.media_type, found.content, found.fault) == (media_type, content, "")


@pytest.mark.parametrize("content", [b"", b"revplan: {}", b"<html><svg>", b"<svgx>", b"<!--<svg>", b"GIF89a", b"<?"])
def test_what_is_no_picture_is_not_copied(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "logo.svg").write_bytes(content)
    found = read_logo(tmp_path, "logo.svg")
    assert (found.content, found.fault) == (b"", "is no PNG, JPEG, WebP or SVG picture")


@pytest.mark.parametrize(
    "name", ["../logo.png", "brand/../../logo.png", "/etc/hostname", "C:/logo.png", r"..\logo.png", "", "a\0b"]
)
def test_a_path_stays_inside_the_plan(tmp_path: Path, name: str) -> None:
    (tmp_path / "plan").mkdir()
    (tmp_path / "logo.png").write_bytes(PNG)
    assert read_logo(tmp_path / "plan", name).fault == "is not a path inside the plan's folder"


def test_no_link_is_followed(tmp_path: Path) -> None:
    root = tmp_path / "plan"
    (root / "brand").mkdir(parents=True)
    (tmp_path / "secret.png").write_bytes(PNG)
    (root / "brand" / "logo.png").symlink_to(tmp_path / "secret.png")
    (root / "other").symlink_to(tmp_path)
    for name in ("brand/logo.png", "other/secret.png"):
        found = read_logo(root, name)
        assert (found.content, found.fault) == (b"", "is a link, or lies behind one")


def test_what_is_missing_large_or_no_file_is_told(tmp_path: Path) -> None:
    (tmp_path / "large.png").write_bytes(PNG.ljust(LARGEST + 1))
    (tmp_path / "full.png").write_bytes(PNG.ljust(LARGEST))
    (tmp_path / "folder").mkdir()
    assert read_logo(tmp_path, "full.png").fault == ""
    assert read_logo(tmp_path, "large.png").fault == "has more than 50 kB"
    assert read_logo(tmp_path, "gone.png").fault == "cannot be read: No such file or directory"
    assert read_logo(tmp_path, "folder").fault


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="no pipes here")
def test_nothing_waits_for_a_pipe(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")
    assert read_logo(tmp_path, "pipe").fault == "is no regular file"


@given(st.text(max_size=20), st.binary(max_size=60))
def test_whatever_is_named_gives_a_picture_or_a_reason(
    tmp_path_factory: pytest.TempPathFactory, name: str, content: bytes
) -> None:
    root = tmp_path_factory.mktemp("plan")
    (root / "logo").write_bytes(content)
    for each in (name, "logo"):
        found = read_logo(root, each)
        assert bool(found.content) != bool(found.fault)


def test_reading_a_plan_reads_its_logo(tmp_path: Path) -> None:
    text = "revplan: {format: 1, company: Quay, currency: EUR, site: {logo: logo.svg}}\n"
    (tmp_path / "revplan.yaml").write_text(text)
    (tmp_path / "logo.svg").write_bytes(SVG)
    logo = read(tmp_path).plan.logo
    assert logo is not None
    assert logo.content == SVG
    (tmp_path / "revplan.yaml").write_text("revplan: {format: 1, company: Quay, currency: EUR}\n")
    assert read(tmp_path).plan.logo is None
