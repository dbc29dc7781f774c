@echo off
rem A double click opens the preview and the editor. All else is in tasks.py.
chcp 65001 >nul
cd /d "%~dp0"
py -3 --version >nul 2>nul && goto launcher
python --version >nul 2>nul && goto python
echo Немає Python. Зараз відкриється сторінка завантаження: натисніть "Download Python",
echo під час встановлення позначте "Add python.exe to PATH" і запустіть цей файл ще раз.
start "" "https://www.python.org/downloads/"
pause
exit /b 1
:launcher
py -3 tasks.py serve
goto end
:python
python tasks.py serve
:end
if errorlevel 1 pause
