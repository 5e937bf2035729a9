# SPDX-FileCopyrightText: 2026 The Parlour developers
# SPDX-License-Identifier: MIT
"""Parlour as another project meets it: package_test.py BUILD_FOLDER

Installs the build, moves it elsewhere, and builds the examples and a small test against what is there.
"""

import pathlib
import re
import shutil
import subprocess
import sys
import unittest

from page import blocks, files

BUILD = pathlib.Path(sys.argv.pop(1)).resolve()
HERE = pathlib.Path(__file__).resolve().parent
SOURCE = HERE.parents[1]
WORK = BUILD / "install_test"
PREFIX = WORK / "moved"
EXAMPLES = sorted(file.parent.name for file in (SOURCE / "examples").glob("*/CMakeLists.txt"))


def cached(name):
    """What the build was configured with."""
    found = re.search(rf"^{name}:\w+=(.*)$", (BUILD / "CMakeCache.txt").read_text(), re.MULTILINE)
    return found[1] if found else ""


def output_of(*command):
    return subprocess.run([str(word) for word in command], stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
                          text=True, check=False)


def configure(source, name, *options):
    same = [f"-D{key}={cached(key)}" for key in ("CMAKE_CXX_COMPILER", "CMAKE_CXX_FLAGS")]
    launcher = [f"-DCMAKE_CXX_COMPILER_LAUNCHER={shutil.which('ccache')}"] if shutil.which("ccache") else []
    return output_of("cmake", "-G", "Ninja", "-S", source, "-B", WORK / name, f"-DCMAKE_PREFIX_PATH={PREFIX}",
                     *same, *launcher, *options)


class Package(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        shutil.rmtree(WORK, ignore_errors=True)
        installed = output_of("cmake", "--install", BUILD, "--prefix", WORK / "installed")
        if installed.returncode:
            raise RuntimeError(installed.stdout)
        (WORK / "installed").rename(PREFIX)

    def assertDone(self, result):
        self.assertEqual(result.returncode, 0, result.stdout)

    def build(self, source, name, *options):
        self.assertDone(configure(source, name, *options))
        self.assertDone(output_of("cmake", "--build", WORK / name))

    def test_installs_programs_and_what_a_desktop_wants_of_them(self):
        wanted = ["bin/parlourd", "share/licenses/parlour/LICENSE"]
        if cached("PARLOUR_UI") == "ON":
            wanted += ["bin/parlour", "share/applications/io.github.parlour.Parlour.desktop",
                       "share/metainfo/io.github.parlour.Parlour.metainfo.xml",
                       "share/icons/hicolor/scalable/apps/io.github.parlour.Parlour.svg",
                       "share/icons/hicolor/symbolic/apps/io.github.parlour.Parlour-symbolic.svg"]
        for file in wanted:
            self.assertTrue((PREFIX / file).is_file(), file)
        for program in (PREFIX / "bin").iterdir():
            shown = output_of(program, "--version")
            self.assertDone(shown)
            self.assertIn(cached("CMAKE_PROJECT_VERSION"), shown.stdout)

    def test_names_no_folder_of_this_machine(self):
        files = [file for file in PREFIX.rglob("*") if file.suffix in (".cmake", ".h", ".desktop")]
        self.assertGreater(len(files), 30)
        for file in files:
            for folder in SOURCE, BUILD, WORK:
                self.assertNotIn(f"{folder}/", file.read_text(encoding="utf-8"), file)

    def test_examples_build_and_talk(self):
        self.assertIn("tutorial", EXAMPLES)
        for example in EXAMPLES:
            self.build(SOURCE / "examples" / example, example)
        for example, script in ("tutorial", "tutorial_chat.py"), ("events", "event_stream.py"):
            for engine in "native", "qt":
                self.assertDone(output_of(sys.executable, SOURCE / "tests/examples" / script,
                                          WORK / example / example, engine))
        self.assertDone(output_of(sys.executable, SOURCE / "tests/examples/adopted_board.py", WORK / "adopt/adopt"))

    def test_tests_of_another_project_build_and_pass(self):
        self.build(HERE / "package", "package")
        self.assertDone(output_of(WORK / "package/tst_package"))

    def test_the_page_for_django_people_is_a_project_that_works(self):
        project = WORK / "page_source"
        project.mkdir()
        for name, text in files(SOURCE / "docs/django.md").items():
            (project / name).write_text(text, encoding="utf-8")
        self.build(project, "page")
        self.assertDone(output_of(WORK / "page/tst_chat"))

    def test_the_page_is_the_same_in_both_languages(self):
        english, russian = (blocks(SOURCE / "docs" / name) for name in ("django.md", "django.ru.md"))
        self.assertGreater(len(english), 12)
        self.assertEqual(english, russian)

    def test_the_readme_shows_the_example_as_it_is(self):
        example = (SOURCE / "examples/tutorial/main.cpp").read_text(encoding="utf-8")
        shown = [text for language, text in blocks(SOURCE / "README.md") if language == "cpp"]
        self.assertEqual(shown, [example[example.index("class ChatConsumer"):]])

    def test_channels_alone_want_qt_core_alone(self):
        self.assertDone(configure(HERE / "components", "channels", "-DCOMPONENTS=channels",
                                  "-DCMAKE_DISABLE_FIND_PACKAGE_OpenSSL=ON",
                                  "-DCMAKE_DISABLE_FIND_PACKAGE_Qt6WebSockets=ON",
                                  "-DCMAKE_DISABLE_FIND_PACKAGE_Qt6Network=ON"))

    def test_an_unknown_component_is_named(self):
        refused = configure(HERE / "components", "unknown", "-DCOMPONENTS=channels;clients")
        self.assertNotEqual(refused.returncode, 0)
        words = " ".join(refused.stdout.split())
        self.assertIn('no component "clients"; its components are: channels, server, redis, testing.', words)

    def test_is_a_part_of_another_project(self):
        self.assertDone(configure(HERE / "within", "within", f"-DPARLOUR_SOURCE={SOURCE}"))


unittest.main(verbosity=2)
