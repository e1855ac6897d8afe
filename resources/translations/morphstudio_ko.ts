<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="ko_KR" sourcelanguage="en">
<context>
    <name>AppearancePage</name>
    <message>
        <source>Appearance</source>
        <translation>모양</translation>
    </message>
    <message>
        <source>System</source>
        <translation>시스템</translation>
    </message>
    <message>
        <source>Dark</source>
        <translation>어둡게</translation>
    </message>
    <message>
        <source>Light</source>
        <translation>밝게</translation>
    </message>
    <message>
        <source>Appearance: {name}</source>
        <translation>모양: {name}</translation>
    </message>
    <message>
        <source>The picture of the sound stays dark: its colours tell how loud it is.</source>
        <translation>사운드 그림은 어두운 채로 유지됩니다. 색이 소리 크기를 나타냅니다.</translation>
    </message>
</context>
<context>
    <name>AudioPage</name>
    <message>
        <source>Audio</source>
        <translation>오디오</translation>
    </message>
    <message>
        <source>Sound device</source>
        <translation>오디오 장치</translation>
    </message>
    <message>
        <source>Latency</source>
        <translation>레이턴시</translation>
    </message>
    <message>
        <source>How soon you hear what you do. Choose more where the sound crackles.</source>
        <translation>조작한 소리가 들리기까지의 시간입니다. 소리가 튀면 더 길게 선택하세요.</translation>
    </message>
    <message>
        <source>Look again</source>
        <translation>다시 찾기</translation>
    </message>
    <message>
        <source>Look for devices that were plugged in since</source>
        <translation>나중에 연결한 장치를 찾습니다</translation>
    </message>
    <message>
        <source>Use ASIO</source>
        <translation>ASIO 사용</translation>
    </message>
    <message>
        <source>The driver of your audio interface, with the least latency.</source>
        <translation>오디오 인터페이스의 드라이버로, 레이턴시가 가장 짧습니다.</translation>
    </message>
    <message>
        <source>System default</source>
        <translation>시스템 기본값</translation>
    </message>
    <message>
        <source>No device found</source>
        <translation>장치를 찾을 수 없음</translation>
    </message>
    <message>
        <source>{figure} ms · {frames} frames</source>
        <translation>{figure} ms · {frames}프레임</translation>
    </message>
    <message>
        <source>{device} (not there)</source>
        <translation>{device} (연결 안 됨)</translation>
    </message>
</context>
<context>
    <name>BarsField</name>
    <message>
        <source>Length: loops are repeated or cut to it. Type bars, or drag up and down.</source>
        <translation>길이: 루프가 이 길이에 맞게 반복되거나 잘립니다. 마디 수를 입력하거나 위아래로 드래그하세요.</translation>
    </message>
    <message>
        <source>Length of the loop</source>
        <translation>루프 길이</translation>
    </message>
    <message>
        <source>1 bar</source>
        <translation>1마디</translation>
    </message>
    <message>
        <source>{count} bars</source>
        <translation>{count}마디</translation>
    </message>
    <message>
        <source>{seconds} s</source>
        <translation>{seconds}초</translation>
    </message>
    <message>
        <source>Loop</source>
        <translation>루프</translation>
    </message>
    <message>
        <source>Type a number of bars, such as 1, 2 or 4.</source>
        <translation>마디 수를 입력하세요(예: 1, 2, 4).</translation>
    </message>
</context>
<context>
    <name>BrowserPanel</name>
    <message>
        <source>Sounds</source>
        <translation>사운드</translation>
    </message>
    <message>
        <source>Search 1 sound</source>
        <translation>사운드 1개 검색</translation>
    </message>
    <message>
        <source>Search {count} sounds</source>
        <translation>사운드 {count}개 검색</translation>
    </message>
</context>
<context>
    <name>BrowserTop</name>
    <message>
        <source>Make the browser narrow</source>
        <translation>브라우저 좁히기</translation>
    </message>
    <message>
        <source>Make the browser wide</source>
        <translation>브라우저 넓히기</translation>
    </message>
</context>
<context>
    <name>ChipBar</name>
    <message>
        <source>Favourites</source>
        <translation>즐겨찾기</translation>
    </message>
    <message>
        <source>On pad</source>
        <translation>패드 위</translation>
    </message>
</context>
<context>
    <name>Column</name>
    <message>
        <source>Name</source>
        <translation>이름</translation>
    </message>
    <message>
        <source>Kind</source>
        <translation>종류</translation>
    </message>
    <message>
        <source>Tempo</source>
        <translation>템포</translation>
    </message>
    <message>
        <source>Key</source>
        <translation>키</translation>
    </message>
    <message>
        <source>Length</source>
        <translation>길이</translation>
    </message>
    <message>
        <source>Brightness</source>
        <translation>밝기</translation>
    </message>
    <message>
        <source>Loudness</source>
        <translation>라우드니스</translation>
    </message>
</context>
<context>
    <name>ColumnHeader</name>
    <message>
        <source>Sort by {what}</source>
        <translation>{what} 기준 정렬</translation>
    </message>
    <message>
        <source>Sorted by {what}, falling</source>
        <translation>{what} 내림차순</translation>
    </message>
    <message>
        <source>Sorted by {what}, rising</source>
        <translation>{what} 오름차순</translation>
    </message>
</context>
<context>
    <name>CommandKeeper</name>
    <message>
        <source>Add loops…</source>
        <translation>루프 추가…</translation>
    </message>
    <message>
        <source>Add the demo loops</source>
        <translation>데모 루프 추가</translation>
    </message>
    <message>
        <source>Add a folder to the browser…</source>
        <translation>브라우저에 폴더 추가…</translation>
    </message>
    <message>
        <source>Export…</source>
        <translation>내보내기…</translation>
    </message>
    <message>
        <source>Keep a render for the DAW</source>
        <translation>DAW용 렌더 보관</translation>
    </message>
    <message>
        <source>Write what you hear into the folder of renders</source>
        <translation>들리는 소리를 렌더 폴더에 저장합니다</translation>
    </message>
    <message>
        <source>Export pack…</source>
        <translation>팩 내보내기…</translation>
    </message>
    <message>
        <source>Settings…</source>
        <translation>설정…</translation>
    </message>
    <message>
        <source>Quit</source>
        <translation>종료</translation>
    </message>
    <message>
        <source>New session</source>
        <translation>새 세션</translation>
    </message>
    <message>
        <source>Open session…</source>
        <translation>세션 열기…</translation>
    </message>
    <message>
        <source>Open recent</source>
        <translation>최근 세션 열기</translation>
    </message>
    <message>
        <source>Save session</source>
        <translation>세션 저장</translation>
    </message>
    <message>
        <source>Save session as…</source>
        <translation>다른 이름으로 세션 저장…</translation>
    </message>
    <message>
        <source>Save session with its loops inside…</source>
        <translation>루프를 포함해 세션 저장…</translation>
    </message>
    <message>
        <source>One file that plays on another machine, too</source>
        <translation>다른 컴퓨터에서도 재생되는 파일 하나</translation>
    </message>
    <message>
        <source>No sessions yet</source>
        <translation>아직 세션이 없습니다</translation>
    </message>
    <message>
        <source>Search sounds</source>
        <translation>사운드 검색</translation>
    </message>
    <message>
        <source>Close message or search</source>
        <translation>메시지 또는 검색 닫기</translation>
    </message>
    <message>
        <source>Blend loops</source>
        <translation>루프 블렌드</translation>
    </message>
    <message>
        <source>Explore around one loop</source>
        <translation>루프 하나의 주변 탐색</translation>
    </message>
    <message>
        <source>Go to the pad</source>
        <translation>패드로 이동</translation>
    </message>
    <message>
        <source>Arrange dots anew</source>
        <translation>점 다시 배치</translation>
    </message>
    <message>
        <source>Show the whole pad</source>
        <translation>패드 전체 보기</translation>
    </message>
    <message>
        <source>Swap A and B</source>
        <translation>A와 B 맞바꾸기</translation>
    </message>
    <message>
        <source>Record a path</source>
        <translation>경로 기록</translation>
    </message>
    <message>
        <source>Record a gesture on the pad, or stop</source>
        <translation>패드의 제스처 기록 또는 중지</translation>
    </message>
    <message>
        <source>Play or stop the path</source>
        <translation>경로 재생 또는 정지</translation>
    </message>
    <message>
        <source>Edit the path&apos;s points</source>
        <translation>경로의 포인트 편집</translation>
    </message>
    <message>
        <source>Smooth the path</source>
        <translation>경로 매끄럽게</translation>
    </message>
    <message>
        <source>Quantise the path to beats</source>
        <translation>경로를 박에 퀀타이즈</translation>
    </message>
    <message>
        <source>Paths…</source>
        <translation>경로…</translation>
    </message>
    <message>
        <source>Export the path…</source>
        <translation>경로 내보내기…</translation>
    </message>
    <message>
        <source>Play or stop</source>
        <translation>재생 또는 정지</translation>
    </message>
    <message>
        <source>Tap the tempo</source>
        <translation>템포 탭하기</translation>
    </message>
    <message>
        <source>Type the tempo</source>
        <translation>템포 입력</translation>
    </message>
    <message>
        <source>Let each loop keep its own tempo</source>
        <translation>루프마다 고유 템포 유지</translation>
    </message>
    <message>
        <source>Louder</source>
        <translation>더 크게</translation>
    </message>
    <message>
        <source>Quieter</source>
        <translation>더 작게</translation>
    </message>
    <message>
        <source>Sound device…</source>
        <translation>오디오 장치…</translation>
    </message>
    <message>
        <source>All commands…</source>
        <translation>모든 명령…</translation>
    </message>
    <message>
        <source>Switch dark and light</source>
        <translation>어둡게/밝게 전환</translation>
    </message>
    <message>
        <source>Language…</source>
        <translation>언어…</translation>
    </message>
    <message>
        <source>Full screen</source>
        <translation>전체 화면</translation>
    </message>
    <message>
        <source>Tune to these loops</source>
        <translation>이 루프에 맞춰 튜닝</translation>
    </message>
    <message>
        <source>Stop tuning</source>
        <translation>튜닝 중지</translation>
    </message>
    <message>
        <source>Open a model…</source>
        <translation>모델 열기…</translation>
    </message>
    <message>
        <source>Save the model as…</source>
        <translation>다른 이름으로 모델 저장…</translation>
    </message>
    <message>
        <source>Keys and gestures</source>
        <translation>단축키와 제스처</translation>
    </message>
    <message>
        <source>Show the log</source>
        <translation>로그 보기</translation>
    </message>
    <message>
        <source>Press, drag</source>
        <translation>누르기, 드래그</translation>
    </message>
    <message>
        <source>Hear what lies there</source>
        <translation>그 위치의 소리 듣기</translation>
    </message>
    <message>
        <source>Ctrl+drag, right-drag</source>
        <translation>Ctrl+드래그, 오른쪽 드래그</translation>
    </message>
    <message>
        <source>Move a dot</source>
        <translation>점 이동</translation>
    </message>
    <message>
        <source>Shift+drag</source>
        <translation>Shift+드래그</translation>
    </message>
    <message>
        <source>Select dots</source>
        <translation>점 선택</translation>
    </message>
    <message>
        <source>Alt+drag</source>
        <translation>Alt+드래그</translation>
    </message>
    <message>
        <source>Drag what you hear into the DAW</source>
        <translation>들리는 소리를 DAW로 드래그</translation>
    </message>
    <message>
        <source>Wheel, pinch</source>
        <translation>휠, 핀치</translation>
    </message>
    <message>
        <source>Zoom</source>
        <translation>확대/축소</translation>
    </message>
    <message>
        <source>Middle drag</source>
        <translation>가운데 버튼 드래그</translation>
    </message>
    <message>
        <source>Move the view</source>
        <translation>화면 이동</translation>
    </message>
    <message>
        <source>Double click</source>
        <translation>더블 클릭</translation>
    </message>
    <message>
        <source>Right click</source>
        <translation>오른쪽 클릭</translation>
    </message>
    <message>
        <source>More, on a dot or beside</source>
        <translation>점 또는 빈 곳의 추가 메뉴</translation>
    </message>
    <message>
        <source>Arrows, Shift for less</source>
        <translation>화살표, Shift로 미세 조정</translation>
    </message>
    <message>
        <source>Move the point</source>
        <translation>포인트 이동</translation>
    </message>
    <message>
        <source>Home</source>
        <translation>Home</translation>
    </message>
    <message>
        <source>Go to the centre</source>
        <translation>가운데로 이동</translation>
    </message>
    <message>
        <source>Tab, Enter</source>
        <translation>Tab, Enter</translation>
    </message>
    <message>
        <source>Go from dot to dot, hear one</source>
        <translation>점 사이 이동, 하나 듣기</translation>
    </message>
    <message>
        <source>Delete</source>
        <translation>Delete</translation>
    </message>
    <message>
        <source>Take selected dots off</source>
        <translation>선택한 점 빼기</translation>
    </message>
    <message>
        <source>Double click on a path</source>
        <translation>경로에서 더블 클릭</translation>
    </message>
    <message>
        <source>Add a point while its points are edited</source>
        <translation>포인트 편집 중 포인트 추가</translation>
    </message>
    <message>
        <source>Alt+Left, Alt+Right</source>
        <translation>Alt+왼쪽, Alt+오른쪽</translation>
    </message>
    <message>
        <source>Move a path&apos;s point in time</source>
        <translation>경로의 포인트를 시간상에서 이동</translation>
    </message>
</context>
<context>
    <name>CommandMenu</name>
    <message>
        <source>Main menu</source>
        <translation>메인 메뉴</translation>
    </message>
</context>
<context>
    <name>Commands</name>
    <message>
        <source>File</source>
        <translation>파일</translation>
    </message>
    <message>
        <source>Edit</source>
        <translation>편집</translation>
    </message>
    <message>
        <source>Pad</source>
        <translation>패드</translation>
    </message>
    <message>
        <source>Playback</source>
        <translation>재생</translation>
    </message>
    <message>
        <source>View</source>
        <translation>보기</translation>
    </message>
    <message>
        <source>Model</source>
        <translation>모델</translation>
    </message>
    <message>
        <source>Help</source>
        <translation>도움말</translation>
    </message>
    <message>
        <source>{text} ({keys})</source>
        <translation>{text} ({keys})</translation>
    </message>
</context>
<context>
    <name>ControlPage</name>
    <message>
        <source>Controllers</source>
        <translation>컨트롤러</translation>
    </message>
</context>
<context>
    <name>Controller</name>
    <message>
        <source>draft</source>
        <translation>드래프트</translation>
    </message>
    <message>
        <source>{count} of {wanted}</source>
        <translation>{wanted}개 중 {count}개</translation>
    </message>
    <message>
        <source>Hits kept</source>
        <translation>유지된 어택</translation>
    </message>
    <message>
        <source>Loudness change</source>
        <translation>음량 변화</translation>
    </message>
    <message>
        <source>Evenness</source>
        <translation>균일도</translation>
    </message>
    <message>
        <source>exact</source>
        <translation>완전 일치</translation>
    </message>
    <message>
        <source>Closeness</source>
        <translation>근접도</translation>
    </message>
</context>
<context>
    <name>CrashDialog</name>
    <message>
        <source>MorphStudio</source>
        <translation>MorphStudio</translation>
    </message>
    <message>
        <source>Something went wrong</source>
        <translation>문제가 발생했습니다</translation>
    </message>
    <message>
        <source>MorphStudio met an error that it may not recover from, but your session is saved.</source>
        <translation>MorphStudio에 복구하지 못할 수 있는 오류가 발생했지만 세션은 저장되었습니다.</translation>
    </message>
    <message>
        <source>MorphStudio met an error that it may not recover from, and could not save your session.</source>
        <translation>MorphStudio에 복구하지 못할 수 있는 오류가 발생했으며 세션을 저장하지 못했습니다.</translation>
    </message>
    <message>
        <source>MorphStudio met an error that it may not recover from.</source>
        <translation>MorphStudio에 복구하지 못할 수 있는 오류가 발생했습니다.</translation>
    </message>
    <message>
        <source>Saved session: {path}</source>
        <translation>저장된 세션: {path}</translation>
    </message>
    <message>
        <source>Show log</source>
        <translation>로그 보기</translation>
    </message>
    <message>
        <source>Copy details</source>
        <translation>세부 정보 복사</translation>
    </message>
    <message>
        <source>Quit</source>
        <translation>종료</translation>
    </message>
    <message>
        <source>Go on</source>
        <translation>계속</translation>
    </message>
    <message>
        <source>Copied</source>
        <translation>복사됨</translation>
    </message>
</context>
<context>
    <name>DetailsPane</name>
    <message>
        <source>Select a sound to see what it is.</source>
        <translation>사운드를 선택하면 정보가 표시됩니다.</translation>
    </message>
    <message>
        <source>Waveform and spectrogram</source>
        <translation>파형과 스펙트로그램</translation>
    </message>
    <message>
        <source>There is no picture of this file.</source>
        <translation>이 파일의 그림이 없습니다.</translation>
    </message>
    <message>
        <source>Kind: {kind}</source>
        <translation>종류: {kind}</translation>
    </message>
    <message>
        <source>Details</source>
        <translation>자세히</translation>
    </message>
    <message>
        <source>{count} sounds</source>
        <translation>사운드 {count}개</translation>
    </message>
    <message>
        <source>The file is not there any more.</source>
        <translation>파일이 더 이상 없습니다.</translation>
    </message>
    <message>
        <source>Listening…</source>
        <translation>분석 중…</translation>
    </message>
</context>
<context>
    <name>DeviceButton</name>
    <message>
        <source>Sound device: {status}</source>
        <translation>오디오 장치: {status}</translation>
    </message>
</context>
<context>
    <name>DeviceKeeper</name>
    <message>
        <source>The sound keeps stopping</source>
        <translation>소리가 자꾸 멈춥니다</translation>
    </message>
    <message>
        <source>The sound stopped several times within half a minute; it is tried again soon.</source>
        <translation>30초 사이에 소리가 여러 번 멈췄습니다. 곧 다시 시도합니다.</translation>
    </message>
    <message>
        <source>Choose another sound device or a longer latency.</source>
        <translation>다른 오디오 장치나 더 긴 레이턴시를 선택하세요.</translation>
    </message>
    <message>
        <source>No sound device</source>
        <translation>오디오 장치 없음</translation>
    </message>
    <message>
        <source>{device} is gone, so the system&apos;s default plays.</source>
        <translation>{device}이(가) 없어져 시스템 기본 장치로 재생합니다.</translation>
    </message>
    <message>
        <source>Playing on {device}</source>
        <translation>{device}에서 재생 중</translation>
    </message>
    <message>
        <source>When it is back, sound goes there by itself; or choose another.</source>
        <translation>다시 연결되면 자동으로 전환됩니다. 다른 장치를 선택할 수도 있습니다.</translation>
    </message>
    <message>
        <source>Opening sound device…</source>
        <translation>오디오 장치 여는 중…</translation>
    </message>
</context>
<context>
    <name>DeviceMenu</name>
    <message>
        <source>Latency</source>
        <translation>레이턴시</translation>
    </message>
    <message>
        <source>{frames} frames · {figure} ms</source>
        <translation>{frames}프레임 · {figure} ms</translation>
    </message>
    <message>
        <source>Use ASIO</source>
        <translation>ASIO 사용</translation>
    </message>
    <message>
        <source>Look for devices again</source>
        <translation>장치 다시 찾기</translation>
    </message>
    <message>
        <source>System default</source>
        <translation>시스템 기본값</translation>
    </message>
    <message>
        <source>{device} (not there)</source>
        <translation>{device} (연결 안 됨)</translation>
    </message>
    <message>
        <source>No device found</source>
        <translation>장치를 찾을 수 없음</translation>
    </message>
</context>
<context>
    <name>DotMenu</name>
    <message>
        <source>Remove</source>
        <translation>제거</translation>
    </message>
    <message>
        <source>Remove {count} loops</source>
        <translation>루프 {count}개 제거</translation>
    </message>
    <message>
        <source>Audition</source>
        <translation>미리 듣기</translation>
    </message>
    <message>
        <source>Replace…</source>
        <translation>바꾸기…</translation>
    </message>
    <message>
        <source>More like this</source>
        <translation>비슷한 사운드</translation>
    </message>
    <message>
        <source>Tempo and key…</source>
        <translation>템포와 키…</translation>
    </message>
    <message>
        <source>Take the session&apos;s tempo from this loop</source>
        <translation>이 루프의 템포를 세션에 사용</translation>
    </message>
    <message>
        <source>Set as A</source>
        <translation>A로 설정</translation>
    </message>
    <message>
        <source>Set as B</source>
        <translation>B로 설정</translation>
    </message>
</context>
<context>
    <name>DragOut</name>
    <message>
        <source>Can&apos;t keep the render</source>
        <translation>렌더를 보관할 수 없습니다</translation>
    </message>
    <message>
        <source>The folder {folder} cannot be made.</source>
        <translation>{folder} 폴더를 만들 수 없습니다.</translation>
    </message>
    <message>
        <source>Choose another folder for renders in the settings.</source>
        <translation>설정에서 다른 렌더 폴더를 선택하세요.</translation>
    </message>
    <message>
        <source>Rendering…</source>
        <translation>렌더링 중…</translation>
    </message>
    <message>
        <source>{file} is in {folder}.</source>
        <translation>{file} 파일이 {folder}에 있습니다.</translation>
    </message>
    <message>
        <source>Hold the button and move to drag it into another program.</source>
        <translation>버튼을 누른 채 움직여 다른 프로그램으로 드래그하세요.</translation>
    </message>
    <message>
        <source>Render kept</source>
        <translation>렌더 보관됨</translation>
    </message>
    <message>
        <source>These files are no longer where they were written.</source>
        <translation>이 파일들이 내보낸 위치에 더 이상 없습니다.</translation>
    </message>
    <message>
        <source>Nothing to drag</source>
        <translation>드래그할 것이 없음</translation>
    </message>
    <message>
        <source>Export them again.</source>
        <translation>다시 내보내세요.</translation>
    </message>
    <message>
        <source>Pack kept</source>
        <translation>팩 보관됨</translation>
    </message>
    <message>
        <source>{count} loops are in {folder}.</source>
        <translation>루프 {count}개가 {folder}에 있습니다.</translation>
    </message>
    <message>
        <source>Hold the button and move to drag them into another program.</source>
        <translation>버튼을 누른 채 움직여 다른 프로그램으로 드래그하세요.</translation>
    </message>
    <message>
        <source>Show in folder</source>
        <translation>폴더에서 보기</translation>
    </message>
    <message>
        <source>{count} loops</source>
        <translation>루프 {count}개</translation>
    </message>
</context>
<context>
    <name>DragOutHandle</name>
    <message>
        <source>Drag to DAW</source>
        <translation>DAW로 드래그</translation>
    </message>
    <message>
        <source>Drag what you hear into your DAW as a file, written as the last export was</source>
        <translation>들리는 소리를 파일로 DAW에 드래그합니다(형식은 마지막 내보내기와 동일)</translation>
    </message>
</context>
<context>
    <name>DropZone</name>
    <message>
        <source>Click to choose files</source>
        <translation>클릭하여 파일 선택</translation>
    </message>
    <message>
        <source>Stop reading</source>
        <translation>읽기 중지</translation>
    </message>
    <message>
        <source>Drop loops or folders here</source>
        <translation>루프나 폴더를 여기에 놓으세요</translation>
    </message>
    <message>
        <source>Reading {done} of {total}</source>
        <translation>읽는 중 {done}/{total}</translation>
    </message>
</context>
<context>
    <name>EmptyPage</name>
    <message>
        <source>Add folder…</source>
        <translation>폴더 추가…</translation>
    </message>
    <message>
        <source>Show all sounds</source>
        <translation>모든 사운드 보기</translation>
    </message>
    <message>
        <source>No sounds yet. Drop some loops below, or add a folder of them.</source>
        <translation>아직 사운드가 없습니다. 아래에 루프를 놓거나 루프 폴더를 추가하세요.</translation>
    </message>
    <message>
        <source>No sound matches.</source>
        <translation>일치하는 사운드가 없습니다.</translation>
    </message>
    <message>
        <source>Looking for sounds…</source>
        <translation>사운드 찾는 중…</translation>
    </message>
</context>
<context>
    <name>EntryList</name>
    <message>
        <source>{count} sounds</source>
        <translation>사운드 {count}개</translation>
    </message>
</context>
<context>
    <name>EntryMenu</name>
    <message>
        <source>Locate…</source>
        <translation>위치 찾기…</translation>
    </message>
    <message>
        <source>Audition</source>
        <translation>미리 듣기</translation>
    </message>
    <message>
        <source>Put on pad</source>
        <translation>패드에 놓기</translation>
    </message>
    <message>
        <source>Take off pad</source>
        <translation>패드에서 빼기</translation>
    </message>
    <message>
        <source>More like this</source>
        <translation>비슷한 사운드</translation>
    </message>
    <message>
        <source>Kind</source>
        <translation>종류</translation>
    </message>
    <message>
        <source>Set as A</source>
        <translation>A로 설정</translation>
    </message>
    <message>
        <source>Set as B</source>
        <translation>B로 설정</translation>
    </message>
    <message>
        <source>Favourite</source>
        <translation>즐겨찾기</translation>
    </message>
    <message>
        <source>Show in folder</source>
        <translation>폴더에서 보기</translation>
    </message>
</context>
<context>
    <name>EntryModel</name>
    <message>
        <source>{tempo} beats per minute</source>
        <translation>{tempo} BPM</translation>
    </message>
    <message>
        <source>on the pad</source>
        <translation>패드 위에 있음</translation>
    </message>
    <message>
        <source>favourite</source>
        <translation>즐겨찾기</translation>
    </message>
    <message>
        <source>file is missing</source>
        <translation>파일 없음</translation>
    </message>
    <message>
        <source>The file is not there any more.</source>
        <translation>파일이 더 이상 없습니다.</translation>
    </message>
</context>
<context>
    <name>ErrorPlot</name>
    <message>
        <source>measuring the error…</source>
        <translation>오차 측정 중…</translation>
    </message>
    <message>
        <source>spectral error %1 dB</source>
        <translation>스펙트럼 오차 %1 dB</translation>
    </message>
    <message>
        <source>spectral error %1 → %2 dB</source>
        <translation>스펙트럼 오차 %1 → %2 dB</translation>
    </message>
</context>
<context>
    <name>ExportDialog</name>
    <message>
        <source>Export loop</source>
        <translation>루프 내보내기</translation>
    </message>
    <message>
        <source>File name</source>
        <translation>파일 이름</translation>
    </message>
    <message>
        <source>Repeats</source>
        <translation>반복</translation>
    </message>
    <message>
        <source>How many times the loop is in the file</source>
        <translation>파일에서 루프를 반복할 횟수</translation>
    </message>
    <message>
        <source>Tail of one bar</source>
        <translation>한 마디 테일</translation>
    </message>
    <message>
        <source>After the last repeat the loop begins once more and fades out within one bar</source>
        <translation>마지막 반복 뒤에 루프가 한 번 더 시작되어 한 마디 안에서 페이드아웃됩니다</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>취소</translation>
    </message>
    <message>
        <source>Export</source>
        <translation>내보내기</translation>
    </message>
    <message>
        <source>There is a folder of this name.</source>
        <translation>같은 이름의 폴더가 있습니다.</translation>
    </message>
    <message>
        <source>The file would be larger than 4 GB: choose fewer repeats, or FLAC.</source>
        <translation>파일이 4 GB보다 커집니다. 반복을 줄이거나 FLAC을 선택하세요.</translation>
    </message>
    <message>
        <source>{seconds} s, {channels}, {frames} frames, less than {size} MB.</source>
        <translation>{seconds}초, {channels}, {frames}프레임, {size} MB 미만.</translation>
    </message>
    <message>
        <source>{seconds} s, {channels}, {frames} frames, {size} MB.</source>
        <translation>{seconds}초, {channels}, {frames}프레임, {size} MB.</translation>
    </message>
    <message>
        <source>stereo</source>
        <translation>스테레오</translation>
    </message>
    <message>
        <source>mono</source>
        <translation>모노</translation>
    </message>
    <message>
        <source>It ends in a tail.</source>
        <translation>테일로 끝납니다.</translation>
    </message>
    <message>
        <source>It loops without a seam.</source>
        <translation>이음매 없이 반복됩니다.</translation>
    </message>
    <message>
        <source>Replace file</source>
        <translation>파일 바꾸기</translation>
    </message>
    <message>
        <source>{file} exists already. Replace it?</source>
        <translation>{file} 파일이 이미 있습니다. 바꾸시겠습니까?</translation>
    </message>
    <message>
        <source>Replace</source>
        <translation>바꾸기</translation>
    </message>
</context>
<context>
    <name>ExportFields</name>
    <message>
        <source>This folder does not exist.</source>
        <translation>이 폴더가 존재하지 않습니다.</translation>
    </message>
    <message>
        <source>Nothing may be written in this folder.</source>
        <translation>이 폴더에는 쓸 수 없습니다.</translation>
    </message>
    <message>
        <source>Give a rate from {lowest} to {highest} Hz.</source>
        <translation>{lowest}~{highest} Hz 사이의 레이트를 입력하세요.</translation>
    </message>
    <message>
        <source>FLAC takes so high a rate in tens only, such as 88200.</source>
        <translation>FLAC에서 이렇게 높은 레이트는 88200처럼 10의 배수만 가능합니다.</translation>
    </message>
    <message>
        <source>Give the file a name.</source>
        <translation>파일 이름을 입력하세요.</translation>
    </message>
    <message>
        <source>A brace in the name has no partner: write fields such as {field}.</source>
        <translation>이름의 중괄호가 짝이 맞지 않습니다. {field}처럼 필드를 쓰세요.</translation>
    </message>
    <message>
        <source>Give the file a name without {characters} .</source>
        <translation>{characters} 문자가 없는 파일 이름을 입력하세요.</translation>
    </message>
    <message>
        <source>The file name is too long.</source>
        <translation>파일 이름이 너무 깁니다.</translation>
    </message>
    <message>
        <source>Folder</source>
        <translation>폴더</translation>
    </message>
    <message>
        <source>Format</source>
        <translation>형식</translation>
    </message>
    <message>
        <source>Bits</source>
        <translation>비트</translation>
    </message>
    <message>
        <source>Sample rate</source>
        <translation>샘플 레이트</translation>
    </message>
    <message>
        <source>Level</source>
        <translation>레벨</translation>
    </message>
    <message>
        <source>16 bit, dithered</source>
        <translation>16비트, 디더링</translation>
    </message>
    <message>
        <source>24 bit</source>
        <translation>24비트</translation>
    </message>
    <message>
        <source>32 bit float</source>
        <translation>32비트 플로트</translation>
    </message>
    <message>
        <source>Hz</source>
        <translation>Hz</translation>
    </message>
    <message>
        <source>As heard</source>
        <translation>들리는 대로</translation>
    </message>
    <message>
        <source>Peak -1 dB</source>
        <translation>피크 -1 dB</translation>
    </message>
    <message>
        <source>Loudness -14 LUFS</source>
        <translation>라우드니스 -14 LUFS</translation>
    </message>
    <message>
        <source>Browse…</source>
        <translation>찾아보기…</translation>
    </message>
    <message>
        <source>The level stays as it is heard.</source>
        <translation>들리는 레벨 그대로 유지됩니다.</translation>
    </message>
    <message>
        <source>The highest peak comes to -1 dBTP: a true peak, measured between the samples too.</source>
        <translation>최고 피크를 -1 dBTP로 맞춥니다. 샘플 사이까지 측정한 트루 피크입니다.</translation>
    </message>
    <message>
        <source>The loop comes to -14 LUFS, as far as its true peak stays below -1&#xa0;dBTP.</source>
        <translation>트루 피크가 -1&#xa0;dBTP를 넘지 않는 한 루프를 -14 LUFS로 맞춥니다.</translation>
    </message>
    <message>
        <source>Export to</source>
        <translation>내보낼 위치</translation>
    </message>
</context>
<context>
    <name>Exporter</name>
    <message>
        <source>Exporting {file}</source>
        <translation>{file} 내보내는 중</translation>
    </message>
    <message>
        <source>Exported</source>
        <translation>내보냈습니다</translation>
    </message>
    <message>
        <source>Show in folder</source>
        <translation>폴더에서 보기</translation>
    </message>
    <message>
        <source>{file} was not written.</source>
        <translation>{file} 파일을 쓰지 않았습니다.</translation>
    </message>
    <message>
        <source>Export cancelled</source>
        <translation>내보내기를 취소했습니다</translation>
    </message>
</context>
<context>
    <name>FactTeller</name>
    <message>
        <source>Loudness</source>
        <translation>라우드니스</translation>
    </message>
    <message>
        <source>How loud it is on the whole, as streaming services measure it</source>
        <translation>전체적인 크기 (스트리밍 서비스의 측정 방식)</translation>
    </message>
    <message>
        <source>Brightness</source>
        <translation>밝기</translation>
    </message>
    <message>
        <source>Where the middle of its energy lies</source>
        <translation>에너지의 중심이 있는 주파수</translation>
    </message>
    <message>
        <source>Tempo</source>
        <translation>템포</translation>
    </message>
    <message>
        <source>As its maker wrote it down</source>
        <translation>제작자가 적어 둔 값</translation>
    </message>
    <message>
        <source>Note</source>
        <translation>음</translation>
    </message>
    <message>
        <source>Key</source>
        <translation>키</translation>
    </message>
    <message>
        <source>different</source>
        <translation>서로 다름</translation>
    </message>
    <message>
        <source>Known of {known} of {count}</source>
        <translation>{count}개 중 {known}개 확인</translation>
    </message>
    <message>
        <source>{low} to {high}</source>
        <translation>{low} ~ {high}</translation>
    </message>
    <message>
        <source>Different kinds</source>
        <translation>여러 종류</translation>
    </message>
    <message>
        <source>No kind yet</source>
        <translation>종류 미정</translation>
    </message>
    <message>
        <source>{kind}, by hand</source>
        <translation>{kind} (수동)</translation>
    </message>
    <message>
        <source>Chosen by hand</source>
        <translation>직접 선택함</translation>
    </message>
    <message>
        <source>Chosen by hand; it sounds like: {kind}</source>
        <translation>직접 선택함. 소리로 추정: {kind}</translation>
    </message>
    <message>
        <source>Say what it is</source>
        <translation>종류 지정</translation>
    </message>
</context>
<context>
    <name>Family</name>
    <message>
        <source>Drums</source>
        <translation>드럼</translation>
    </message>
    <message>
        <source>Perc</source>
        <translation>퍼커션</translation>
    </message>
    <message>
        <source>Bass</source>
        <translation>베이스</translation>
    </message>
    <message>
        <source>Synth</source>
        <translation>신스</translation>
    </message>
    <message>
        <source>Texture</source>
        <translation>텍스처</translation>
    </message>
</context>
<context>
    <name>FaultReporter</name>
    <message>
        <source>Something went wrong</source>
        <translation>문제가 발생했습니다</translation>
    </message>
    <message>
        <source>MorphStudio met an error that it did not expect, and goes on.</source>
        <translation>MorphStudio에 예기치 않은 오류가 발생했지만 계속 실행됩니다.</translation>
    </message>
    <message>
        <source>The details are in {path}.</source>
        <translation>자세한 내용은 {path}에 있습니다.</translation>
    </message>
</context>
<context>
    <name>FillButton</name>
    <message>
        <source>Fill the pad from this list</source>
        <translation>이 목록으로 패드 채우기</translation>
    </message>
    <message>
        <source>{count} sounds that differ most</source>
        <translation>가장 서로 다른 {count}개</translation>
    </message>
</context>
<context>
    <name>FoldButton</name>
    <message>
        <source>Show details: {name}</source>
        <translation>자세히 보기: {name}</translation>
    </message>
    <message>
        <source>Hide details: {name}</source>
        <translation>자세히 숨기기: {name}</translation>
    </message>
</context>
<context>
    <name>FoldersPage</name>
    <message>
        <source>Folders</source>
        <translation>폴더</translation>
    </message>
    <message>
        <source>Places</source>
        <translation>위치</translation>
    </message>
    <message>
        <source>The browser lists the sounds in these folders.</source>
        <translation>브라우저에 이 폴더들의 사운드가 표시됩니다.</translation>
    </message>
    <message>
        <source>Add…</source>
        <translation>추가…</translation>
    </message>
    <message>
        <source>Add a place</source>
        <translation>위치 추가</translation>
    </message>
    <message>
        <source>Remove</source>
        <translation>제거</translation>
    </message>
    <message>
        <source>Remove the chosen places</source>
        <translation>선택한 위치 제거</translation>
    </message>
    <message>
        <source>Take it off the list; the folder and its sounds stay (Delete)</source>
        <translation>목록에서 제거합니다. 폴더와 사운드는 그대로 남습니다(Delete)</translation>
    </message>
    <message>
        <source>Dragged-out loops</source>
        <translation>드래그해서 내보낸 루프</translation>
    </message>
    <message>
        <source>What you drag into your DAW is kept here, because its projects point at these files.</source>
        <translation>DAW로 드래그한 소리는 여기에 보관됩니다. DAW 프로젝트가 이 파일을 참조하기 때문입니다.</translation>
    </message>
    <message>
        <source>Folder of dragged-out loops</source>
        <translation>드래그해서 내보낸 루프의 폴더</translation>
    </message>
    <message>
        <source>Choose…</source>
        <translation>선택…</translation>
    </message>
    <message>
        <source>Open</source>
        <translation>열기</translation>
    </message>
    <message>
        <source>Show the folder</source>
        <translation>폴더 보기</translation>
    </message>
    <message>
        <source>Reset</source>
        <translation>재설정</translation>
    </message>
    <message>
        <source>Back to {folder}</source>
        <translation>{folder}(으)로 되돌리기</translation>
    </message>
    <message>
        <source>Keep dragged-out loops in</source>
        <translation>드래그해서 내보낸 루프를 보관할 위치</translation>
    </message>
    <message>
        <source>Nothing may be written in {folder}.</source>
        <translation>{folder}에는 쓸 수 없습니다.</translation>
    </message>
</context>
<context>
    <name>Format</name>
    <message>
        <source>mono</source>
        <translation>모노</translation>
    </message>
    <message>
        <source>stereo</source>
        <translation>스테레오</translation>
    </message>
    <message>
        <source>{count} channels</source>
        <translation>{count}채널</translation>
    </message>
</context>
<context>
    <name>Guess</name>
    <message>
        <source>perhaps {what}</source>
        <translation>아마 {what}</translation>
    </message>
    <message>
        <source>{what}, sure</source>
        <translation>{what}, 확실</translation>
    </message>
    <message>
        <source>{what}, likely</source>
        <translation>{what}, 유력</translation>
    </message>
    <message>
        <source>{percent} % sure</source>
        <translation>확신도 {percent} %</translation>
    </message>
</context>
<context>
    <name>HeardChips</name>
    <message>
        <source>What is heard</source>
        <translation>들리는 소리</translation>
    </message>
</context>
<context>
    <name>Hearing</name>
    <message>
        <source>darker</source>
        <translation>더 어둡게</translation>
    </message>
    <message>
        <source>brighter</source>
        <translation>더 밝게</translation>
    </message>
    <message>
        <source>noisier</source>
        <translation>더 거칠게</translation>
    </message>
    <message>
        <source>purer</source>
        <translation>더 맑게</translation>
    </message>
    <message>
        <source>fuller</source>
        <translation>더 두껍게</translation>
    </message>
    <message>
        <source>thinner</source>
        <translation>더 얇게</translation>
    </message>
    <message>
        <source>smoother</source>
        <translation>더 부드럽게</translation>
    </message>
    <message>
        <source>punchier</source>
        <translation>더 펀치감 있게</translation>
    </message>
</context>
<context>
    <name>History</name>
    <message>
        <source>Undo {change}</source>
        <translation>실행 취소: {change}</translation>
    </message>
    <message>
        <source>Undo</source>
        <translation>실행 취소</translation>
    </message>
    <message>
        <source>Redo {change}</source>
        <translation>다시 실행: {change}</translation>
    </message>
    <message>
        <source>Redo</source>
        <translation>다시 실행</translation>
    </message>
</context>
<context>
    <name>JournalKeeper</name>
    <message>
        <source>1 sound</source>
        <translation>사운드 1개</translation>
    </message>
    <message>
        <source>{count} sounds</source>
        <translation>사운드 {count}개</translation>
    </message>
    <message>
        <source>There is an unsaved session from {time}</source>
        <translation>{time}의 저장되지 않은 세션이 있습니다</translation>
    </message>
    <message>
        <source>It is kept for a week.</source>
        <translation>일주일 동안 보관됩니다.</translation>
    </message>
    <message>
        <source>Bring it back</source>
        <translation>복원</translation>
    </message>
</context>
<context>
    <name>Kind</name>
    <message>
        <source>Kick</source>
        <translation>킥</translation>
    </message>
    <message>
        <source>Snare</source>
        <translation>스네어</translation>
    </message>
    <message>
        <source>Clap</source>
        <translation>클랩</translation>
    </message>
    <message>
        <source>Hat</source>
        <translation>하이햇</translation>
    </message>
    <message>
        <source>Cymbal</source>
        <translation>심벌</translation>
    </message>
    <message>
        <source>Tom</source>
        <translation>탐</translation>
    </message>
    <message>
        <source>Percussion</source>
        <translation>퍼커션</translation>
    </message>
    <message>
        <source>Bass</source>
        <translation>베이스</translation>
    </message>
    <message>
        <source>Synth</source>
        <translation>신스</translation>
    </message>
    <message>
        <source>Guitar</source>
        <translation>기타</translation>
    </message>
    <message>
        <source>Keys</source>
        <translation>건반</translation>
    </message>
    <message>
        <source>Vocal</source>
        <translation>보컬</translation>
    </message>
    <message>
        <source>Texture</source>
        <translation>텍스처</translation>
    </message>
    <message>
        <source>Drum loop</source>
        <translation>드럼 루프</translation>
    </message>
    <message>
        <source>Tonal loop</source>
        <translation>음정 루프</translation>
    </message>
</context>
<context>
    <name>KindChip</name>
    <message>
        <source>Loops</source>
        <translation>루프</translation>
    </message>
    <message>
        <source>One-shots</source>
        <translation>원샷</translation>
    </message>
    <message>
        <source>All kinds</source>
        <translation>모든 종류</translation>
    </message>
    <message>
        <source>Kinds</source>
        <translation>종류</translation>
    </message>
    <message>
        <source>Kinds: {count}</source>
        <translation>종류: {count}</translation>
    </message>
    <message>
        <source>all</source>
        <translation>모두</translation>
    </message>
    <message>
        <source>Kinds: {names}</source>
        <translation>종류: {names}</translation>
    </message>
    <message>
        <source>What sort of sound</source>
        <translation>어떤 사운드인지</translation>
    </message>
</context>
<context>
    <name>KindMenu</name>
    <message>
        <source>As listened</source>
        <translation>분석한 대로</translation>
    </message>
</context>
<context>
    <name>LanguagePage</name>
    <message>
        <source>Language</source>
        <translation>언어</translation>
    </message>
    <message>
        <source>System language</source>
        <translation>시스템 언어</translation>
    </message>
</context>
<context>
    <name>LatentPad</name>
    <message>
        <source>Ctrl+drag or right-drag to move it, right-click for more</source>
        <translation>Ctrl+드래그 또는 오른쪽 드래그로 이동, 오른쪽 클릭으로 메뉴</translation>
    </message>
</context>
<context>
    <name>LevelMeter</name>
    <message>
        <source>Output level</source>
        <translation>출력 레벨</translation>
    </message>
    <message>
        <source>True peak: {level}</source>
        <translation>트루 피크: {level}</translation>
    </message>
    <message>
        <source>Loudness now: {level}</source>
        <translation>현재 라우드니스: {level}</translation>
    </message>
    <message>
        <source>Last 3 seconds: {level}</source>
        <translation>최근 3초: {level}</translation>
    </message>
    <message>
        <source>Whole loop: {level}</source>
        <translation>루프 전체: {level}</translation>
    </message>
    <message>
        <source>It clipped: turn the volume down.</source>
        <translation>클리핑되었습니다. 볼륨을 낮추세요.</translation>
    </message>
    <message>
        <source>Click to reset the peak.</source>
        <translation>클릭하면 피크가 초기화됩니다.</translation>
    </message>
</context>
<context>
    <name>LibraryKeeper</name>
    <message>
        <source>Add sounds</source>
        <translation>사운드 추가</translation>
    </message>
    <message>
        <source>Add loops</source>
        <translation>루프 추가</translation>
    </message>
    <message>
        <source>Add sound</source>
        <translation>사운드 추가</translation>
    </message>
    <message>
        <source>Replace by</source>
        <translation>바꿀 파일</translation>
    </message>
    <message>
        <source>Sounds</source>
        <translation>사운드</translation>
    </message>
    <message>
        <source>1 file was on the pad already</source>
        <translation>파일 1개는 이미 패드에 있습니다</translation>
    </message>
    <message>
        <source>{count} files were on the pad already</source>
        <translation>파일 {count}개는 이미 패드에 있습니다</translation>
    </message>
    <message>
        <source>Files that were shortened: {count}</source>
        <translation>길이를 줄인 파일: {count}</translation>
    </message>
    <message>
        <source>Files that could not be loaded: {count}</source>
        <translation>불러오지 못한 파일: {count}</translation>
    </message>
</context>
<context>
    <name>LiveSpectrogram</name>
    <message>
        <source>Position in the loop, in beats</source>
        <translation>루프 내 위치(박)</translation>
    </message>
    <message>
        <source>Waveform and spectrum of the loop that is playing.</source>
        <translation>재생 중인 루프의 파형과 스펙트럼.</translation>
    </message>
    <message>
        <source>Pitch</source>
        <translation>피치</translation>
    </message>
    <message>
        <source>Brightness</source>
        <translation>밝기</translation>
    </message>
    <message>
        <source>Play something to see it</source>
        <translation>재생하면 여기에 표시됩니다</translation>
    </message>
</context>
<context>
    <name>LoopPicture</name>
    <message>
        <source>Where the loop begins</source>
        <translation>루프 시작 위치</translation>
    </message>
    <message>
        <source>Drag the line to the hit that comes first; with Alt, anywhere</source>
        <translation>선을 첫 어택으로 드래그합니다(Alt를 누르면 아무 위치나)</translation>
    </message>
</context>
<context>
    <name>LoopTimePanel</name>
    <message>
        <source>Tempo and key of a loop</source>
        <translation>루프의 템포와 키</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>닫기</translation>
    </message>
    <message>
        <source>Tempo</source>
        <translation>템포</translation>
    </message>
    <message>
        <source>Begins at</source>
        <translation>시작 위치</translation>
    </message>
    <message>
        <source>Shift</source>
        <translation>조옮김</translation>
    </message>
    <message>
        <source>Tempo of the loop</source>
        <translation>루프 템포</translation>
    </message>
    <message>
        <source>Half the tempo</source>
        <translation>템포 절반으로</translation>
    </message>
    <message>
        <source>The loop is half as fast as that</source>
        <translation>루프의 실제 템포는 그 절반입니다</translation>
    </message>
    <message>
        <source>Double the tempo</source>
        <translation>템포 두 배로</translation>
    </message>
    <message>
        <source>The loop is twice as fast as that</source>
        <translation>루프의 실제 템포는 그 두 배입니다</translation>
    </message>
    <message>
        <source>Where the loop begins, in milliseconds</source>
        <translation>루프 시작 위치(밀리초)</translation>
    </message>
    <message>
        <source>¼ beat earlier</source>
        <translation>¼박 앞으로</translation>
    </message>
    <message>
        <source>Begin a quarter of a beat earlier</source>
        <translation>시작 위치를 ¼박 앞으로</translation>
    </message>
    <message>
        <source>¼ beat later</source>
        <translation>¼박 뒤로</translation>
    </message>
    <message>
        <source>Begin a quarter of a beat later</source>
        <translation>시작 위치를 ¼박 뒤로</translation>
    </message>
    <message>
        <source>Shift in semitones</source>
        <translation>조옮김(반음 단위)</translation>
    </message>
    <message>
        <source>st</source>
        <translation>반음</translation>
    </message>
    <message>
        <source>Match key of…</source>
        <translation>키 맞추기…</translation>
    </message>
    <message>
        <source>Shift it the shorter way, so that it goes with another loop</source>
        <translation>다른 루프와 어울리도록 가까운 쪽으로 조옮김합니다</translation>
    </message>
    <message>
        <source>As it came</source>
        <translation>원래대로</translation>
    </message>
    <message>
        <source>The tempo that was heard, from its first sample, not shifted</source>
        <translation>감지된 템포, 첫 샘플에서 시작, 조옮김 없음으로 되돌립니다</translation>
    </message>
    <message>
        <source>{time} ms</source>
        <translation>{time} ms</translation>
    </message>
    <message>
        <source>heard: {tempo}</source>
        <translation>감지: {tempo}</translation>
    </message>
    <message>
        <source>no tempo heard</source>
        <translation>감지된 템포 없음</translation>
    </message>
    <message>
        <source>Key: {key}</source>
        <translation>키: {key}</translation>
    </message>
    <message>
        <source>{name} · {key} ({shift} st)</source>
        <translation>{name} · {key}({shift} 반음)</translation>
    </message>
    <message>
        <source>Type a tempo from {lowest} to {highest}, such as 128 or 128.5.</source>
        <translation>{lowest}~{highest} 사이의 템포를 입력하세요(예: 128, 128.5).</translation>
    </message>
    <message>
        <source>Type milliseconds, less than the {length} of the loop.</source>
        <translation>루프 길이 {length}보다 작은 밀리초 값을 입력하세요.</translation>
    </message>
</context>
<context>
    <name>MessageBar</name>
    <message>
        <source>Close message</source>
        <translation>메시지 닫기</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>닫기</translation>
    </message>
    <message>
        <source>Details</source>
        <translation>자세히</translation>
    </message>
    <message>
        <source>(+{count} more)</source>
        <translation>(외 {count}개)</translation>
    </message>
    <message>
        <source>Hide details</source>
        <translation>자세히 숨기기</translation>
    </message>
</context>
<context>
    <name>MeterPanel</name>
    <message>
        <source>Meters</source>
        <translation>미터</translation>
    </message>
    <message>
        <source>True peak</source>
        <translation>트루 피크</translation>
    </message>
    <message>
        <source>Loudness, last 3 s</source>
        <translation>라우드니스(최근 3초)</translation>
    </message>
    <message>
        <source>Loudness of the loop</source>
        <translation>루프 라우드니스</translation>
    </message>
    <message>
        <source>Highest point of the wave, between the samples too. Red: louder than {level}.</source>
        <translation>샘플 사이까지 포함한 파형의 최고점. 빨간색: {level} 초과.</translation>
    </message>
    <message>
        <source>How loud the last three seconds were.</source>
        <translation>최근 3초 동안의 음량.</translation>
    </message>
    <message>
        <source>How loud the loop is from beginning to end, silence left out.</source>
        <translation>루프 처음부터 끝까지의 음량(무음 제외).</translation>
    </message>
</context>
<context>
    <name>MidiSection</name>
    <message>
        <source>Play the pad by MIDI</source>
        <translation>MIDI로 패드 연주</translation>
    </message>
    <message>
        <source>Input</source>
        <translation>입력</translation>
    </message>
    <message>
        <source>MIDI input</source>
        <translation>MIDI 입력</translation>
    </message>
    <message>
        <source>Left and right</source>
        <translation>좌우</translation>
    </message>
    <message>
        <source>Up and down</source>
        <translation>상하</translation>
    </message>
    <message>
        <source>Detail</source>
        <translation>디테일</translation>
    </message>
    <message>
        <source>Play and stop</source>
        <translation>재생/정지</translation>
    </message>
    <message>
        <source>Learn</source>
        <translation>학습</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>취소</translation>
    </message>
    <message>
        <source>Clear</source>
        <translation>지우기</translation>
    </message>
    <message>
        <source>No control for: {what}</source>
        <translation>컨트롤 해제: {what}</translation>
    </message>
    <message>
        <source>Keys from note {number} (C1) up play the dots, in the order in which they came; the harder they are hit, the louder.</source>
        <translation>노트 {number}(C1)부터 위쪽 건반으로 점을 추가된 순서대로 연주합니다. 세게 칠수록 소리가 커집니다.</translation>
    </message>
    <message>
        <source>MIDI clock sets the tempo</source>
        <translation>MIDI 클럭으로 템포 설정</translation>
    </message>
    <message>
        <source>Where the other machine starts and stops, so does the loop.</source>
        <translation>보내는 기기가 시작하고 멈추면 루프도 함께 시작하고 멈춥니다.</translation>
    </message>
    <message>
        <source>move a control…</source>
        <translation>컨트롤을 움직이세요…</translation>
    </message>
    <message>
        <source>Stop learning: {what}</source>
        <translation>학습 중지: {what}</translation>
    </message>
    <message>
        <source>Learn a control: {what}</source>
        <translation>컨트롤 학습: {what}</translation>
    </message>
    <message>
        <source>none</source>
        <translation>없음</translation>
    </message>
    <message>
        <source>CC {number} · channel {channel}</source>
        <translation>CC {number} · 채널 {channel}</translation>
    </message>
    <message>
        <source>Pitch bend · channel {channel}</source>
        <translation>피치 벤드 · 채널 {channel}</translation>
    </message>
    <message>
        <source>Note {number} · channel {channel}</source>
        <translation>노트 {number} · 채널 {channel}</translation>
    </message>
    <message>
        <source>MIDI needs more. Install it by {command}, then start MorphStudio again.</source>
        <translation>MIDI를 쓰려면 추가 설치가 필요합니다. {command} 명령으로 설치한 뒤 MorphStudio를 다시 시작하세요.</translation>
    </message>
    <message>
        <source>Listening to {names}.</source>
        <translation>{names}에서 수신 중.</translation>
    </message>
    <message>
        <source>It cannot be listened to; another program may have it for itself.</source>
        <translation>수신할 수 없습니다. 다른 프로그램이 사용 중일 수 있습니다.</translation>
    </message>
    <message>
        <source>Not plugged in. As soon as it is, it plays.</source>
        <translation>연결되어 있지 않습니다. 연결하면 바로 연주됩니다.</translation>
    </message>
    <message>
        <source>All inputs</source>
        <translation>모든 입력</translation>
    </message>
    <message>
        <source>{device} (not there)</source>
        <translation>{device} (연결 안 됨)</translation>
    </message>
    <message>
        <source>No MIDI input found</source>
        <translation>MIDI 입력을 찾을 수 없음</translation>
    </message>
</context>
<context>
    <name>ModeChips</name>
    <message>
        <source>Blend</source>
        <translation>블렌드</translation>
    </message>
    <message>
        <source>Morph between the dots</source>
        <translation>점과 점 사이를 모프합니다</translation>
    </message>
    <message>
        <source>Explore</source>
        <translation>탐색</translation>
    </message>
    <message>
        <source>Hear what lies around one loop</source>
        <translation>루프 하나의 주변 소리를 듣습니다</translation>
    </message>
    <message>
        <source>Mode of the pad</source>
        <translation>패드 모드</translation>
    </message>
</context>
<context>
    <name>ModelKeeper</name>
    <message>
        <source>Factory</source>
        <translation>기본 모델</translation>
    </message>
    <message>
        <source>Loading…</source>
        <translation>불러오는 중…</translation>
    </message>
    <message>
        <source>Getting ready…</source>
        <translation>준비 중…</translation>
    </message>
    <message>
        <source>Stopping…</source>
        <translation>중지하는 중…</translation>
    </message>
    <message>
        <source>Tuning stopped</source>
        <translation>튜닝을 중지했습니다</translation>
    </message>
    <message>
        <source>Nothing was learnt yet; the model is as it was.</source>
        <translation>아직 학습한 것이 없습니다. 모델은 그대로입니다.</translation>
    </message>
    <message>
        <source>Nothing to gain</source>
        <translation>개선할 것이 없음</translation>
    </message>
    <message>
        <source>Tuning found no better model than this one.</source>
        <translation>튜닝했지만 지금보다 나은 모델을 찾지 못했습니다.</translation>
    </message>
    <message>
        <source>Learning 1 loop · %2 left</source>
        <translation>루프 1개 학습 중 · %2 남음</translation>
    </message>
    <message>
        <source>Learning %1 loops · %2 left</source>
        <translation>루프 %1개 학습 중 · %2 남음</translation>
    </message>
    <message>
        <source>Tuned on 1 sound</source>
        <translation>사운드 1개로 튜닝됨</translation>
    </message>
    <message>
        <source>Tuned on %1 sounds</source>
        <translation>사운드 %1개로 튜닝됨</translation>
    </message>
    <message>
        <source>spectral error %1 → %2 dB</source>
        <translation>스펙트럼 오차 %1 → %2 dB</translation>
    </message>
    <message>
        <source>{model} · spectral&#xa0;error&#xa0;{error}&#xa0;dB</source>
        <translation>{model} · 오차&#xa0;{error}&#xa0;dB</translation>
    </message>
    <message>
        <source>Back to factory</source>
        <translation>기본 모델로 되돌리기</translation>
    </message>
    <message>
        <source>Back to: %1</source>
        <translation>되돌리기: %1</translation>
    </message>
    <message>
        <source>No model</source>
        <translation>모델 없음</translation>
    </message>
    <message>
        <source>Nothing can be played.</source>
        <translation>재생할 수 없습니다.</translation>
    </message>
    <message>
        <source>Open a model</source>
        <translation>모델 열기</translation>
    </message>
    <message>
        <source>Save the model as</source>
        <translation>다른 이름으로 모델 저장</translation>
    </message>
    <message>
        <source>Model saved</source>
        <translation>모델을 저장했습니다</translation>
    </message>
    <message>
        <source>Models</source>
        <translation>모델</translation>
    </message>
</context>
<context>
    <name>ModelPanel</name>
    <message>
        <source>Model: %1</source>
        <translation>모델: %1</translation>
    </message>
    <message>
        <source>Other models…</source>
        <translation>다른 모델…</translation>
    </message>
    <message>
        <source>Model</source>
        <translation>모델</translation>
    </message>
    <message>
        <source>Tune</source>
        <translation>튜닝</translation>
    </message>
    <message>
        <source>Stop</source>
        <translation>중지</translation>
    </message>
    <message>
        <source>Open…</source>
        <translation>열기…</translation>
    </message>
    <message>
        <source>Save as…</source>
        <translation>다른 이름으로 저장…</translation>
    </message>
    <message>
        <source>Progress of tuning</source>
        <translation>튜닝 진행률</translation>
    </message>
    <message>
        <source>Tune the model to the loops on the pad</source>
        <translation>패드의 루프에 맞춰 모델 튜닝</translation>
    </message>
    <message>
        <source>Let the model learn your loops for a minute, so that it plays them closer; sound goes on</source>
        <translation>모델이 1분 동안 루프를 학습해 더 가깝게 재생합니다. 소리는 계속 납니다</translation>
    </message>
    <message>
        <source>Stop tuning</source>
        <translation>튜닝 중지</translation>
    </message>
    <message>
        <source>Stop now and play the best so far</source>
        <translation>지금 중지하고 현재까지 가장 좋은 모델로 재생합니다</translation>
    </message>
    <message>
        <source>Hear the other model at once; neither is lost</source>
        <translation>다른 모델을 바로 들어 봅니다. 둘 다 그대로 남습니다</translation>
    </message>
    <message>
        <source>Open a model</source>
        <translation>모델 열기</translation>
    </message>
    <message>
        <source>Play with a model that was saved before</source>
        <translation>전에 저장한 모델로 재생합니다</translation>
    </message>
    <message>
        <source>Save the model</source>
        <translation>모델 저장</translation>
    </message>
    <message>
        <source>Keep the model that plays as a file, for other sessions</source>
        <translation>사용 중인 모델을 파일로 보관해 다른 세션에서도 씁니다</translation>
    </message>
</context>
<context>
    <name>NameField</name>
    <message>
        <source>Name of the morph</source>
        <translation>모프 이름</translation>
    </message>
    <message>
        <source>First loop</source>
        <translation>첫 번째 루프</translation>
    </message>
    <message>
        <source>Second loop</source>
        <translation>두 번째 루프</translation>
    </message>
    <message>
        <source>Third loop</source>
        <translation>세 번째 루프</translation>
    </message>
    <message>
        <source>Tempo</source>
        <translation>템포</translation>
    </message>
    <message>
        <source>Key</source>
        <translation>키</translation>
    </message>
    <message>
        <source>Date</source>
        <translation>날짜</translation>
    </message>
    <message>
        <source>Free number</source>
        <translation>빈 번호</translation>
    </message>
    <message>
        <source>Number in the pack</source>
        <translation>팩 안의 번호</translation>
    </message>
    <message>
        <source>Per cent of the way</source>
        <translation>진행 비율(%)</translation>
    </message>
    <message>
        <source>File name</source>
        <translation>파일 이름</translation>
    </message>
    <message>
        <source>Fields in braces are filled in, as far as they are known</source>
        <translation>중괄호 필드는 알 수 있는 정보로 채워집니다</translation>
    </message>
    <message>
        <source>Insert…</source>
        <translation>삽입…</translation>
    </message>
    <message>
        <source>Insert a field that is filled in for each file</source>
        <translation>파일마다 채워지는 필드를 삽입합니다</translation>
    </message>
</context>
<context>
    <name>Note</name>
    <message>
        <source>{note} {cents} cents</source>
        <translation>{note} {cents}센트</translation>
    </message>
</context>
<context>
    <name>OscSection</name>
    <message>
        <source>Play the pad by OSC</source>
        <translation>OSC로 패드 연주</translation>
    </message>
    <message>
        <source>Port</source>
        <translation>포트</translation>
    </message>
    <message>
        <source>OSC port</source>
        <translation>OSC 포트</translation>
    </message>
    <message>
        <source>Allow other machines</source>
        <translation>다른 기기 허용</translation>
    </message>
    <message>
        <source>Tablets and computers in your network can then play, whoever holds them.</source>
        <translation>네트워크의 태블릿과 컴퓨터에서 누구나 연주할 수 있게 됩니다.</translation>
    </message>
    <message>
        <source>Tell back to</source>
        <translation>피드백 주소</translation>
    </message>
    <message>
        <source>Address and port to which OSC tells back</source>
        <translation>OSC 피드백을 보낼 주소와 포트</translation>
    </message>
    <message>
        <source>OSC needs more. Install it by {command}, then start MorphStudio again.</source>
        <translation>OSC를 쓰려면 추가 설치가 필요합니다. {command} 명령으로 설치한 뒤 MorphStudio를 다시 시작하세요.</translation>
    </message>
    <message>
        <source>Listening to all machines on port {port}.</source>
        <translation>포트 {port}에서 모든 기기의 신호를 수신 중.</translation>
    </message>
    <message>
        <source>Listening to this machine alone, on port {port}.</source>
        <translation>포트 {port}에서 이 컴퓨터의 신호만 수신 중.</translation>
    </message>
    <message>
        <source>That is no address. It looks like {example}.</source>
        <translation>주소가 아닙니다. {example}처럼 입력하세요.</translation>
    </message>
    <message>
        <source>That is another machine: switch on “Allow other machines”.</source>
        <translation>다른 기기입니다. ‘다른 기기 허용’을 켜세요.</translation>
    </message>
    <message>
        <source>Where the cursor, playing and the tempo are told. Empty: nowhere.</source>
        <translation>커서, 재생, 템포를 보낼 곳입니다. 비우면 보내지 않습니다.</translation>
    </message>
</context>
<context>
    <name>Outlet</name>
    <message>
        <source>Path</source>
        <translation>경로</translation>
    </message>
</context>
<context>
    <name>PackDialog</name>
    <message>
        <source>Export pack</source>
        <translation>팩 내보내기</translation>
    </message>
    <message>
        <source>What</source>
        <translation>대상</translation>
    </message>
    <message>
        <source>How many</source>
        <translation>개수</translation>
    </message>
    <message>
        <source>How far</source>
        <translation>범위</translation>
    </message>
    <message>
        <source>File names</source>
        <translation>파일 이름</translation>
    </message>
    <message>
        <source>New folder</source>
        <translation>새 폴더</translation>
    </message>
    <message>
        <source>Rows</source>
        <translation>행</translation>
    </message>
    <message>
        <source>Columns</source>
        <translation>열</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>좁게</translation>
    </message>
    <message>
        <source>Near</source>
        <translation>보통</translation>
    </message>
    <message>
        <source>Wide</source>
        <translation>넓게</translation>
    </message>
    <message>
        <source>Others</source>
        <translation>다른 위치</translation>
    </message>
    <message>
        <source>Choose other places by chance</source>
        <translation>다른 위치를 무작위로 고릅니다</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>취소</translation>
    </message>
    <message>
        <source>Where the loops of the pack lie on the pad</source>
        <translation>패드에서 팩 루프의 위치</translation>
    </message>
    <message>
        <source>From {a} to {b}</source>
        <translation>{a}에서 {b}로</translation>
    </message>
    <message>
        <source>Grid over the whole pad</source>
        <translation>패드 전체 그리드</translation>
    </message>
    <message>
        <source>Around the cursor</source>
        <translation>커서 주변</translation>
    </message>
    <message>
        <source>Along the path {name}</source>
        <translation>경로 ‘{name}’ 따라</translation>
    </message>
    <message>
        <source>Along path {number}</source>
        <translation>경로 {number} 따라</translation>
    </message>
    <message>
        <source>{a} to {b}</source>
        <translation>{a}에서 {b}</translation>
    </message>
    <message>
        <source>Path {number}</source>
        <translation>경로 {number}</translation>
    </message>
    <message>
        <source>Grid</source>
        <translation>그리드</translation>
    </message>
    <message>
        <source>Around {name}</source>
        <translation>{name} 주변</translation>
    </message>
    <message>
        <source>{count} loops of {seconds} s, together less than {size} MB.</source>
        <translation>{seconds}초 루프 {count}개, 합계 {size} MB 미만.</translation>
    </message>
    <message>
        <source>{count} loops of {seconds} s, together {size} MB.</source>
        <translation>{seconds}초 루프 {count}개, 합계 {size} MB.</translation>
    </message>
</context>
<context>
    <name>PackExporter</name>
    <message>
        <source>Exporting {count} loops: {folder}</source>
        <translation>루프 {count}개 내보내는 중: {folder}</translation>
    </message>
    <message>
        <source>Show in folder</source>
        <translation>폴더에서 보기</translation>
    </message>
    <message>
        <source>Nothing was written.</source>
        <translation>아무것도 쓰지 않았습니다.</translation>
    </message>
    <message>
        <source>Pack cancelled</source>
        <translation>팩 내보내기를 취소했습니다</translation>
    </message>
    <message>
        <source>Pack exported</source>
        <translation>팩을 내보냈습니다</translation>
    </message>
    <message>
        <source>{count} loops are in {folder}.</source>
        <translation>루프 {count}개가 {folder}에 있습니다.</translation>
    </message>
    <message>
        <source>{count} of {wanted} loops are finished, in {folder}.</source>
        <translation>루프 {wanted}개 중 {count}개가 완성되어 {folder}에 있습니다.</translation>
    </message>
    <message>
        <source>The folder {folder} cannot be made ({reason}).</source>
        <translation>{folder} 폴더를 만들 수 없습니다({reason}).</translation>
    </message>
    <message>
        <source>Can&apos;t export the pack</source>
        <translation>팩을 내보낼 수 없습니다</translation>
    </message>
    <message>
        <source>Choose another folder.</source>
        <translation>다른 폴더를 선택하세요.</translation>
    </message>
</context>
<context>
    <name>PackHandle</name>
    <message>
        <source>Drag 1 loop</source>
        <translation>루프 1개 드래그</translation>
    </message>
    <message>
        <source>Drag {count} loops</source>
        <translation>루프 {count}개 드래그</translation>
    </message>
    <message>
        <source>Drag all loops of the pack into your DAW at once</source>
        <translation>팩의 모든 루프를 한 번에 DAW로 드래그합니다</translation>
    </message>
</context>
<context>
    <name>PadSliders</name>
    <message>
        <source>Position, left to right</source>
        <translation>위치(왼쪽에서 오른쪽)</translation>
    </message>
    <message>
        <source>Position, bottom to top</source>
        <translation>위치(아래에서 위)</translation>
    </message>
</context>
<context>
    <name>PadStage</name>
    <message>
        <source>Each dot is a sound. Press or drag anywhere to hear what lies between the nearest dots. Arrow keys move by a hundredth, with Shift by less; Home goes to the centre. Tab goes from dot to dot, Enter plays one.</source>
        <translation>점 하나가 사운드 하나입니다. 아무 곳이나 누르거나 드래그하면 가까운 점들 사이의 소리가 들립니다. 화살표 키는 100분의 1씩, Shift와 함께는 더 조금씩 움직이고 Home은 가운데로 갑니다. Tab으로 점 사이를 이동하고 Enter로 하나를 재생합니다.</translation>
    </message>
    <message>
        <source>Morph pad</source>
        <translation>모프 패드</translation>
    </message>
    <message>
        <source>point {number} of {count} of the path</source>
        <translation>경로의 포인트 {count}개 중 {number}</translation>
    </message>
    <message>
        <source>{x} % across, {y} % up</source>
        <translation>가로 {x} %, 세로 {y} %</translation>
    </message>
    <message>
        <source>Press and drag to morph</source>
        <translation>드래그하여 모프</translation>
    </message>
</context>
<context>
    <name>PadWelcome</name>
    <message>
        <source>Drop loops or folders here</source>
        <translation>루프나 폴더를 여기에 놓으세요</translation>
    </message>
    <message>
        <source>Each becomes a dot; what sounds alike lies close. Press between dots and drag to morph.</source>
        <translation>각각 점이 되고 비슷한 소리는 가까이 놓입니다. 점 사이를 누르고 드래그하면 모프됩니다.</translation>
    </message>
    <message>
        <source>Play with the demo loops</source>
        <translation>데모 루프로 시작</translation>
    </message>
</context>
<context>
    <name>Palette</name>
    <message>
        <source>Commands</source>
        <translation>명령</translation>
    </message>
    <message>
        <source>What do you want to do?</source>
        <translation>무엇을 할까요?</translation>
    </message>
    <message>
        <source>Find a command</source>
        <translation>명령 찾기</translation>
    </message>
    <message>
        <source>No command is called that.</source>
        <translation>그런 이름의 명령이 없습니다.</translation>
    </message>
</context>
<context>
    <name>PathBar</name>
    <message>
        <source>Press the pad to record 1 bar</source>
        <translation>패드를 눌러 1마디 기록</translation>
    </message>
    <message>
        <source>Press the pad to record {bars} bars</source>
        <translation>패드를 눌러 {bars}마디 기록</translation>
    </message>
    <message>
        <source>Recording bar {bar} of {bars}</source>
        <translation>기록 중: {bars}마디 중 {bar}</translation>
    </message>
    <message>
        <source>Drag points · Double-click the line to add one · Esc when done</source>
        <translation>포인트를 드래그 · 선을 더블 클릭하여 추가 · Esc로 완료</translation>
    </message>
    <message>
        <source>Path</source>
        <translation>경로</translation>
    </message>
    <message>
        <source>Paths</source>
        <translation>경로</translation>
    </message>
    <message>
        <source>Record, play, change and export paths</source>
        <translation>경로 기록, 재생, 변경, 내보내기</translation>
    </message>
    <message>
        <source>Record a path over 1 bar</source>
        <translation>1마디 경로 기록</translation>
    </message>
    <message>
        <source>Record a path over {bars} bars</source>
        <translation>{bars}마디 경로 기록</translation>
    </message>
    <message>
        <source>Do not record</source>
        <translation>기록하지 않음</translation>
    </message>
    <message>
        <source>Stop recording and keep nothing</source>
        <translation>기록을 중지하고 버림</translation>
    </message>
    <message>
        <source>Stop the path</source>
        <translation>경로 정지</translation>
    </message>
    <message>
        <source>Path: press the pad to record</source>
        <translation>경로: 패드를 눌러 기록</translation>
    </message>
    <message>
        <source>Path: recording</source>
        <translation>경로: 기록 중</translation>
    </message>
    <message>
        <source>Path: playing</source>
        <translation>경로: 재생 중</translation>
    </message>
</context>
<context>
    <name>PathEdits</name>
    <message>
        <source>Add point after it</source>
        <translation>다음에 포인트 추가</translation>
    </message>
    <message>
        <source>Remove point</source>
        <translation>포인트 제거</translation>
    </message>
    <message>
        <source>Add point here</source>
        <translation>여기에 포인트 추가</translation>
    </message>
    <message>
        <source>Done</source>
        <translation>완료</translation>
    </message>
</context>
<context>
    <name>PathMenu</name>
    <message>
        <source>Record {bars} bars</source>
        <translation>{bars}마디 기록</translation>
    </message>
    <message>
        <source>Record 1 bar</source>
        <translation>1마디 기록</translation>
    </message>
    <message>
        <source>Untitled path</source>
        <translation>제목 없는 경로</translation>
    </message>
    <message>
        <source>Stop path</source>
        <translation>경로 정지</translation>
    </message>
    <message>
        <source>Play path</source>
        <translation>경로 재생</translation>
    </message>
    <message>
        <source>Edit points</source>
        <translation>포인트 편집</translation>
    </message>
    <message>
        <source>Curved</source>
        <translation>곡선</translation>
    </message>
    <message>
        <source>Smooth</source>
        <translation>매끄럽게</translation>
    </message>
    <message>
        <source>Quantise to beats</source>
        <translation>박에 퀀타이즈</translation>
    </message>
    <message>
        <source>Quantise to half beats</source>
        <translation>반박에 퀀타이즈</translation>
    </message>
    <message>
        <source>Rename…</source>
        <translation>이름 변경…</translation>
    </message>
    <message>
        <source>Delete path</source>
        <translation>경로 삭제</translation>
    </message>
    <message>
        <source>Export path…</source>
        <translation>경로 내보내기…</translation>
    </message>
</context>
<context>
    <name>PathShelf</name>
    <message>
        <source>Path {number}</source>
        <translation>경로 {number}</translation>
    </message>
    <message>
        <source>Record path</source>
        <translation>경로 기록</translation>
    </message>
    <message>
        <source>Smooth path</source>
        <translation>경로 매끄럽게</translation>
    </message>
    <message>
        <source>Curve path</source>
        <translation>경로 곡선 전환</translation>
    </message>
    <message>
        <source>Quantise path</source>
        <translation>경로 퀀타이즈</translation>
    </message>
    <message>
        <source>Rename path</source>
        <translation>경로 이름 변경</translation>
    </message>
    <message>
        <source>Delete path</source>
        <translation>경로 삭제</translation>
    </message>
    <message>
        <source>Name</source>
        <translation>이름</translation>
    </message>
    <message>
        <source>Rename</source>
        <translation>이름 변경</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>취소</translation>
    </message>
    <message>
        <source>Move path point</source>
        <translation>경로 포인트 이동</translation>
    </message>
    <message>
        <source>Add path point</source>
        <translation>경로 포인트 추가</translation>
    </message>
    <message>
        <source>Remove path point</source>
        <translation>경로 포인트 제거</translation>
    </message>
</context>
<context>
    <name>PictureReader</name>
    <message>
        <source>Coefficient {number}</source>
        <translation>계수 {number}</translation>
    </message>
    <message>
        <source>Pitch {pitch}</source>
        <translation>피치 {pitch}</translation>
    </message>
    <message>
        <source>Brightness {frequency}</source>
        <translation>밝기 {frequency}</translation>
    </message>
</context>
<context>
    <name>PlaceButton</name>
    <message>
        <source>All sounds</source>
        <translation>모든 사운드</translation>
    </message>
    <message>
        <source>Place: {place}</source>
        <translation>위치: {place}</translation>
    </message>
    <message>
        <source>Sounds of all folders</source>
        <translation>모든 폴더의 사운드</translation>
    </message>
    <message>
        <source>{place} (not there)</source>
        <translation>{place} (없음)</translation>
    </message>
    <message>
        <source>Add folder…</source>
        <translation>폴더 추가…</translation>
    </message>
    <message>
        <source>Look for new files</source>
        <translation>새 파일 찾기</translation>
    </message>
    <message>
        <source>Show in folder</source>
        <translation>폴더에서 보기</translation>
    </message>
    <message>
        <source>Remove “{place}” from the list</source>
        <translation>목록에서 ‘{place}’ 제거</translation>
    </message>
</context>
<context>
    <name>PlaceKeeper</name>
    <message>
        <source>Not all of {name} could be looked through</source>
        <translation>{name}을(를) 모두 살펴보지 못했습니다</translation>
    </message>
    <message>
        <source>Add folder</source>
        <translation>폴더 추가</translation>
    </message>
    <message>
        <source>Where is {name}?</source>
        <translation>{name} 파일의 위치</translation>
    </message>
    <message>
        <source>{count} files were found in the same folder.</source>
        <translation>같은 폴더에서 파일 {count}개를 찾았습니다.</translation>
    </message>
    <message>
        <source>Files located</source>
        <translation>파일을 찾았습니다</translation>
    </message>
</context>
<context>
    <name>ScanStrip</name>
    <message>
        <source>Stop scanning</source>
        <translation>스캔 중지</translation>
    </message>
    <message>
        <source>Stop listening</source>
        <translation>분석 중지</translation>
    </message>
    <message>
        <source>Finding sounds: {count} · {place}</source>
        <translation>사운드 찾는 중: {count} · {place}</translation>
    </message>
    <message>
        <source>Listening: {done} of {total}</source>
        <translation>분석 중: {done}/{total}</translation>
    </message>
    <message>
        <source>Listening: {done} of {total}, {left}</source>
        <translation>분석 중: {done}/{total}, {left}</translation>
    </message>
    <message>
        <source>{count} h left</source>
        <translation>{count}시간 남음</translation>
    </message>
    <message>
        <source>{count} min left</source>
        <translation>{count}분 남음</translation>
    </message>
    <message>
        <source>{count} s left</source>
        <translation>{count}초 남음</translation>
    </message>
</context>
<context>
    <name>SearchRow</name>
    <message>
        <source>Search sounds</source>
        <translation>사운드 검색</translation>
    </message>
    <message>
        <source>What can be searched for</source>
        <translation>검색할 수 있는 것</translation>
    </message>
    <message>
        <source>Names, folders and tags</source>
        <translation>이름, 폴더, 태그</translation>
    </message>
    <message>
        <source>Just these words</source>
        <translation>정확히 이 단어</translation>
    </message>
    <message>
        <source>Without a word</source>
        <translation>단어 제외</translation>
    </message>
    <message>
        <source>Your own tags</source>
        <translation>내 태그</translation>
    </message>
    <message>
        <source>Favourites</source>
        <translation>즐겨찾기</translation>
    </message>
    <message>
        <source>Kind</source>
        <translation>종류</translation>
    </message>
    <message>
        <source>Loops or one-shots</source>
        <translation>루프 또는 원샷</translation>
    </message>
    <message>
        <source>Tempo</source>
        <translation>템포</translation>
    </message>
    <message>
        <source>Key</source>
        <translation>키</translation>
    </message>
    <message>
        <source>Note</source>
        <translation>음</translation>
    </message>
    <message>
        <source>Length</source>
        <translation>길이</translation>
    </message>
    <message>
        <source>Brightness</source>
        <translation>밝기</translation>
    </message>
    <message>
        <source>Brightness from and to</source>
        <translation>밝기 범위</translation>
    </message>
    <message>
        <source>Loudness</source>
        <translation>라우드니스</translation>
    </message>
</context>
<context>
    <name>SessionEditor</name>
    <message>
        <source>Take sound off</source>
        <translation>사운드 빼기</translation>
    </message>
    <message>
        <source>Take sounds off</source>
        <translation>여러 사운드 빼기</translation>
    </message>
    <message>
        <source>Replace sound</source>
        <translation>사운드 바꾸기</translation>
    </message>
    <message>
        <source>Move dot</source>
        <translation>점 이동</translation>
    </message>
    <message>
        <source>Move dots</source>
        <translation>여러 점 이동</translation>
    </message>
    <message>
        <source>Arrange dots</source>
        <translation>점 배치</translation>
    </message>
    <message>
        <source>Change detail</source>
        <translation>디테일 변경</translation>
    </message>
    <message>
        <source>Switch align hits</source>
        <translation>어택 맞춤 전환</translation>
    </message>
    <message>
        <source>Switch match loudness</source>
        <translation>음량 맞춤 전환</translation>
    </message>
    <message>
        <source>Switch even spacing</source>
        <translation>균등 간격 전환</translation>
    </message>
    <message>
        <source>Change pitch</source>
        <translation>피치 변경</translation>
    </message>
    <message>
        <source>Change options</source>
        <translation>옵션 변경</translation>
    </message>
    <message>
        <source>Change tempo</source>
        <translation>템포 변경</translation>
    </message>
    <message>
        <source>Switch keep pitch</source>
        <translation>피치 유지 전환</translation>
    </message>
    <message>
        <source>Change a loop&apos;s tempo</source>
        <translation>루프 템포 변경</translation>
    </message>
    <message>
        <source>Change path</source>
        <translation>경로 변경</translation>
    </message>
    <message>
        <source>Choose A or B</source>
        <translation>A 또는 B 선택</translation>
    </message>
    <message>
        <source>Swap A and B</source>
        <translation>A와 B 맞바꾸기</translation>
    </message>
</context>
<context>
    <name>SessionKeeper</name>
    <message>
        <source>Open a session</source>
        <translation>세션 열기</translation>
    </message>
    <message>
        <source>Opening {name}</source>
        <translation>{name} 여는 중</translation>
    </message>
    <message>
        <source>Save the session as</source>
        <translation>세션을 다른 이름으로 저장</translation>
    </message>
    <message>
        <source>Save the session with its loops inside</source>
        <translation>루프를 포함해 세션 저장</translation>
    </message>
    <message>
        <source>Bringing the session back</source>
        <translation>세션 복구 중</translation>
    </message>
    <message>
        <source>A newer MorphStudio saved {name}</source>
        <translation>{name}은(는) 더 새로운 MorphStudio에서 저장되었습니다</translation>
    </message>
    <message>
        <source>What this one does not know of it is not heard, so it is not written over.</source>
        <translation>이 버전이 모르는 내용은 재생되지 않으므로 덮어쓰지 않습니다.</translation>
    </message>
    <message>
        <source>Save it as another file, or update MorphStudio.</source>
        <translation>다른 파일로 저장하거나 MorphStudio를 업데이트하세요.</translation>
    </message>
    <message>
        <source>1 loop of the session is missing</source>
        <translation>세션의 루프 1개가 없습니다</translation>
    </message>
    <message>
        <source>{count} loops of the session are missing</source>
        <translation>세션의 루프 {count}개가 없습니다</translation>
    </message>
    <message>
        <source>{names}: last in {folder}.</source>
        <translation>{names}: 마지막 위치 {folder}.</translation>
    </message>
    <message>
        <source>They stay in the session.</source>
        <translation>세션에는 남아 있습니다.</translation>
    </message>
    <message>
        <source>Locate…</source>
        <translation>위치 찾기…</translation>
    </message>
    <message>
        <source>Folder of the missing loops</source>
        <translation>없는 루프의 폴더</translation>
    </message>
    <message>
        <source>Looking for missing loops</source>
        <translation>없는 루프 찾는 중</translation>
    </message>
    <message>
        <source>Saving {name}</source>
        <translation>{name} 저장 중</translation>
    </message>
    <message>
        <source>Sessions</source>
        <translation>세션</translation>
    </message>
    <message>
        <source>Untitled</source>
        <translation>제목 없음</translation>
    </message>
</context>
<context>
    <name>SettingsDialog</name>
    <message>
        <source>Settings</source>
        <translation>설정</translation>
    </message>
    <message>
        <source>Pages</source>
        <translation>페이지</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>닫기</translation>
    </message>
</context>
<context>
    <name>ShortcutSheet</name>
    <message>
        <source>Mouse on the pad</source>
        <translation>패드에서의 마우스</translation>
    </message>
    <message>
        <source>Keys and gestures</source>
        <translation>단축키와 제스처</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>닫기</translation>
    </message>
</context>
<context>
    <name>SidePanel</name>
    <message>
        <source>Detail</source>
        <translation>디테일</translation>
    </message>
    <message>
        <source>How much of the sources&apos; own detail is kept; double click for all of it</source>
        <translation>원본의 디테일을 얼마나 유지할지 정합니다. 더블 클릭하면 모두 유지합니다</translation>
    </message>
    <message>
        <source>Pitch in semitones</source>
        <translation>피치(반음 단위)</translation>
    </message>
    <message>
        <source>Shift what you hear by semitones, in the same time; double click for none</source>
        <translation>길이는 그대로 두고 소리를 반음 단위로 옮깁니다. 더블 클릭하면 원래대로 돌아갑니다</translation>
    </message>
    <message>
        <source>Align hits</source>
        <translation>어택 맞춤</translation>
    </message>
    <message>
        <source>Move the hits of both loops to times in between, so that you hear one groove, not two</source>
        <translation>두 루프의 어택을 중간 위치로 옮겨 두 개가 아닌 하나의 그루브로 들리게 합니다</translation>
    </message>
    <message>
        <source>Match loudness</source>
        <translation>음량 맞춤</translation>
    </message>
    <message>
        <source>Keep the level steady on the way from one loop to the next</source>
        <translation>한 루프에서 다음 루프로 가는 동안 레벨을 일정하게 유지합니다</translation>
    </message>
    <message>
        <source>Even spacing</source>
        <translation>균등 간격</translation>
    </message>
    <message>
        <source>Make equal distances on the pad sound like equal changes, half way sound like half way</source>
        <translation>패드의 같은 거리가 같은 변화로, 중간이 중간으로 들리게 합니다</translation>
    </message>
    <message>
        <source>This morph</source>
        <translation>이 모프</translation>
    </message>
    <message>
        <source>Pitch</source>
        <translation>피치</translation>
    </message>
    <message>
        <source>Morph</source>
        <translation>모프</translation>
    </message>
    <message>
        <source>{semitones} st</source>
        <translation>{semitones} 반음</translation>
    </message>
</context>
<context>
    <name>SimilarBar</name>
    <message>
        <source>Timbre</source>
        <translation>음색</translation>
    </message>
    <message>
        <source>Pitch</source>
        <translation>피치</translation>
    </message>
    <message>
        <source>Rhythm</source>
        <translation>리듬</translation>
    </message>
    <message>
        <source>Loudness</source>
        <translation>라우드니스</translation>
    </message>
    <message>
        <source>How much counts: {what}</source>
        <translation>비중: {what}</translation>
    </message>
    <message>
        <source>Like {name}</source>
        <translation>{name}와(과) 비슷함</translation>
    </message>
    <message>
        <source>Show all sounds again</source>
        <translation>모든 사운드 다시 보기</translation>
    </message>
    <message>
        <source>Counts for nothing</source>
        <translation>고려하지 않음</translation>
    </message>
    <message>
        <source>Counts {percent} %</source>
        <translation>비중 {percent} %</translation>
    </message>
</context>
<context>
    <name>SimilarKeeper</name>
    <message>
        <source>It is too short, or silent.</source>
        <translation>너무 짧거나 무음입니다.</translation>
    </message>
    <message>
        <source>Its neural embedding could not be made.</source>
        <translation>신경망 임베딩을 만들지 못했습니다.</translation>
    </message>
    <message>
        <source>{name} cannot be compared</source>
        <translation>{name}을(를) 비교할 수 없습니다</translation>
    </message>
    <message>
        <source>Listening to {name}</source>
        <translation>{name} 분석 중</translation>
    </message>
    <message>
        <source>What is like it is listed in a moment.</source>
        <translation>비슷한 사운드가 곧 표시됩니다.</translation>
    </message>
</context>
<context>
    <name>SimilarityPage</name>
    <message>
        <source>Similarity</source>
        <translation>유사도</translation>
    </message>
    <message>
        <source>Compare sounds by</source>
        <translation>사운드 비교 기준</translation>
    </message>
    <message>
        <source>Timbre features</source>
        <translation>음색 특징</translation>
    </message>
    <message>
        <source>Built in and quick: brightness, colour, attack and movement of the sound.</source>
        <translation>내장되어 빠름: 밝기, 음색, 어택, 움직임.</translation>
    </message>
    <message>
        <source>Neural embedding ({name})</source>
        <translation>신경망 임베딩 ({name})</translation>
    </message>
    <message>
        <source>A network that learned from 960 hours of speech. Sounds are listened to once more, which takes much longer than with timbre features.</source>
        <translation>960시간의 음성으로 학습한 신경망입니다. 사운드를 한 번 더 분석하므로 음색 특징보다 훨씬 오래 걸립니다.</translation>
    </message>
    <message>
        <source>Fetch ({size})</source>
        <translation>내려받기 ({size})</translation>
    </message>
    <message>
        <source>Fetch {name} from the internet, {size}</source>
        <translation>인터넷에서 {name} 내려받기, {size}</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>취소</translation>
    </message>
    <message>
        <source>Stop fetching</source>
        <translation>내려받기 중지</translation>
    </message>
    <message>
        <source>Progress of fetching</source>
        <translation>내려받기 진행</translation>
    </message>
    <message>
        <source>{done} of {total}</source>
        <translation>{done} / {total}</translation>
    </message>
    <message>
        <source>On this computer.</source>
        <translation>이 컴퓨터에 있습니다.</translation>
    </message>
    <message>
        <source>On this computer, and in use.</source>
        <translation>이 컴퓨터에 있으며 사용 중입니다.</translation>
    </message>
    <message>
        <source>On this computer. Until all sounds were listened to once more, timbre features are used.</source>
        <translation>이 컴퓨터에 있습니다. 모든 사운드를 다시 분석할 때까지 음색 특징을 사용합니다.</translation>
    </message>
    <message>
        <source>Not on this computer any more; until it is fetched, timbre features are used.</source>
        <translation>이 컴퓨터에 더 이상 없습니다. 내려받을 때까지 음색 특징을 사용합니다.</translation>
    </message>
    <message>
        <source>Not on this computer yet.</source>
        <translation>아직 이 컴퓨터에 없습니다.</translation>
    </message>
</context>
<context>
    <name>SortBar</name>
    <message>
        <source>Name</source>
        <translation>이름</translation>
    </message>
    <message>
        <source>Tempo</source>
        <translation>템포</translation>
    </message>
    <message>
        <source>Key</source>
        <translation>키</translation>
    </message>
    <message>
        <source>Kind</source>
        <translation>종류</translation>
    </message>
    <message>
        <source>Note</source>
        <translation>음</translation>
    </message>
    <message>
        <source>Length</source>
        <translation>길이</translation>
    </message>
    <message>
        <source>Brightness</source>
        <translation>밝기</translation>
    </message>
    <message>
        <source>Loudness</source>
        <translation>라우드니스</translation>
    </message>
    <message>
        <source>Recently added</source>
        <translation>최근 추가</translation>
    </message>
    <message>
        <source>Similarity</source>
        <translation>유사도</translation>
    </message>
    <message>
        <source>Sorted by {what}</source>
        <translation>정렬: {what}</translation>
    </message>
    <message>
        <source>What the list is sorted by</source>
        <translation>목록 정렬 기준</translation>
    </message>
    <message>
        <source>Falling</source>
        <translation>내림차순</translation>
    </message>
    <message>
        <source>Rising</source>
        <translation>오름차순</translation>
    </message>
</context>
<context>
    <name>SpaceMenu</name>
    <message>
        <source>Add loops…</source>
        <translation>루프 추가…</translation>
    </message>
    <message>
        <source>Arrange anew</source>
        <translation>다시 배치</translation>
    </message>
    <message>
        <source>Show all</source>
        <translation>모두 보기</translation>
    </message>
</context>
<context>
    <name>StoragePage</name>
    <message>
        <source>Storage</source>
        <translation>저장 공간</translation>
    </message>
    <message>
        <source>Dragged-out loops</source>
        <translation>드래그해서 내보낸 루프</translation>
    </message>
    <message>
        <source>Work files</source>
        <translation>작업 파일</translation>
    </message>
    <message>
        <source>Neural embedding</source>
        <translation>신경망 임베딩</translation>
    </message>
    <message>
        <source>Log</source>
        <translation>로그</translation>
    </message>
    <message>
        <source>Settings</source>
        <translation>설정</translation>
    </message>
    <message>
        <source>Open the folder: {name}</source>
        <translation>폴더 열기: {name}</translation>
    </message>
    <message>
        <source>Show the folder</source>
        <translation>폴더 보기</translation>
    </message>
    <message>
        <source>Clear loops older than {days} days…</source>
        <translation>{days}일이 지난 루프 지우기…</translation>
    </message>
    <message>
        <source>Delete neural embedding</source>
        <translation>신경망 임베딩 삭제</translation>
    </message>
    <message>
        <source>It can be fetched again, under Similarity.</source>
        <translation>‘유사도’에서 다시 내려받을 수 있습니다.</translation>
    </message>
    <message>
        <source>counting…</source>
        <translation>계산 중…</translation>
    </message>
    <message>
        <source>nothing yet</source>
        <translation>아직 없음</translation>
    </message>
    <message>
        <source>{size} in {count} files</source>
        <translation>{size} (파일 {count}개)</translation>
    </message>
    <message>
        <source>Only a folder called “{name}” is ever cleared.</source>
        <translation>‘{name}’(이)라는 이름의 폴더만 지웁니다.</translation>
    </message>
    <message>
        <source>Some loops could not be deleted. Close the program that uses them and try again.</source>
        <translation>일부 루프를 삭제하지 못했습니다. 사용 중인 프로그램을 닫고 다시 시도하세요.</translation>
    </message>
    <message>
        <source>{size} freed.</source>
        <translation>{size}를 확보했습니다.</translation>
    </message>
    <message>
        <source>No loop is older than {days} days.</source>
        <translation>{days}일이 지난 루프가 없습니다.</translation>
    </message>
    <message>
        <source>Clear old loops</source>
        <translation>오래된 루프 지우기</translation>
    </message>
    <message>
        <source>Delete {count} dragged-out loops ({size}) that are older than {days} days?</source>
        <translation>{days}일이 지난 드래그 내보내기 루프 {count}개({size})를 삭제할까요?</translation>
    </message>
    <message>
        <source>DAW projects that use them from this folder will not find them any more.</source>
        <translation>이 폴더의 파일을 쓰는 DAW 프로젝트에서 더 이상 찾을 수 없게 됩니다.</translation>
    </message>
    <message>
        <source>Delete</source>
        <translation>삭제</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>취소</translation>
    </message>
</context>
<context>
    <name>Studio</name>
    <message>
        <source>MorphStudio ended unexpectedly last time</source>
        <translation>지난번에 MorphStudio가 예기치 않게 종료되었습니다</translation>
    </message>
    <message>
        <source>Files and exports are as they were.</source>
        <translation>파일과 내보낸 것은 그대로입니다.</translation>
    </message>
    <message>
        <source>Show report</source>
        <translation>보고서 보기</translation>
    </message>
</context>
<context>
    <name>TagField</name>
    <message>
        <source>Add a tag</source>
        <translation>태그 추가</translation>
    </message>
    <message>
        <source>New tag</source>
        <translation>새 태그</translation>
    </message>
    <message>
        <source>dusty, lo-fi</source>
        <translation>빈티지, 로파이</translation>
    </message>
    <message>
        <source>+ Tag</source>
        <translation>+ 태그</translation>
    </message>
    <message>
        <source>Take away the tag “{tag}”</source>
        <translation>태그 “{tag}” 제거</translation>
    </message>
</context>
<context>
    <name>TempoField</name>
    <message>
        <source>{name} · {tempo}</source>
        <translation>{name} · {tempo}</translation>
    </message>
    <message>
        <source>No loop with a known tempo</source>
        <translation>템포를 아는 루프가 없음</translation>
    </message>
    <message>
        <source>Free: each loop at its own tempo</source>
        <translation>자유: 루프마다 고유 템포로 재생</translation>
    </message>
    <message>
        <source>From a loop</source>
        <translation>루프에서 가져오기</translation>
    </message>
    <message>
        <source>Keep the loops&apos; pitch</source>
        <translation>루프 피치 유지</translation>
    </message>
    <message>
        <source>Beats in a bar</source>
        <translation>한 마디의 박 수</translation>
    </message>
    <message>
        <source>Tempo: type it or drag up and down, with Shift by tenths. Right-click for more.</source>
        <translation>템포: 입력하거나 위아래로 드래그합니다. Shift를 누르면 0.1씩 바뀝니다. 오른쪽 클릭으로 메뉴.</translation>
    </message>
    <message>
        <source>Tempo</source>
        <translation>템포</translation>
    </message>
    <message>
        <source>free</source>
        <translation>자유</translation>
    </message>
    <message>
        <source>Half: {tempo}</source>
        <translation>절반: {tempo}</translation>
    </message>
    <message>
        <source>Double: {tempo}</source>
        <translation>2배: {tempo}</translation>
    </message>
    <message>
        <source>Type a tempo from {lowest} to {highest}, such as 128 or 128.5.</source>
        <translation>{lowest}~{highest} 사이의 템포를 입력하세요(예: 128, 128.5).</translation>
    </message>
</context>
<context>
    <name>TimeKeeper</name>
    <message>
        <source>No tempo was heard</source>
        <translation>템포가 감지되지 않았습니다</translation>
    </message>
    <message>
        <source>{name} is too short to have a tempo.</source>
        <translation>{name}은(는) 너무 짧아 템포가 없습니다.</translation>
    </message>
    <message>
        <source>Take it from another loop, or type it.</source>
        <translation>다른 루프에서 가져오거나 입력하세요.</translation>
    </message>
</context>
<context>
    <name>TransportBar</name>
    <message>
        <source>No sound device</source>
        <translation>오디오 장치 없음</translation>
    </message>
    <message>
        <source>Stop</source>
        <translation>정지</translation>
    </message>
    <message>
        <source>Play</source>
        <translation>재생</translation>
    </message>
    <message>
        <source>Main menu</source>
        <translation>메인 메뉴</translation>
    </message>
    <message>
        <source>Menu</source>
        <translation>메뉴</translation>
    </message>
    <message>
        <source>Play or stop (Space)</source>
        <translation>재생 또는 정지(Space)</translation>
    </message>
    <message>
        <source>Tap</source>
        <translation>탭</translation>
    </message>
    <message>
        <source>Tap the tempo, three times or more (T)</source>
        <translation>템포에 맞춰 세 번 이상 탭(T)</translation>
    </message>
    <message>
        <source>Volume: {level}; double click for 0 dB</source>
        <translation>볼륨: {level}(더블 클릭하면 0 dB)</translation>
    </message>
    <message>
        <source>Export…</source>
        <translation>내보내기…</translation>
    </message>
    <message>
        <source>Write what you hear as a sound file (Ctrl+E)</source>
        <translation>들리는 소리를 오디오 파일로 저장합니다(Ctrl+E)</translation>
    </message>
    <message>
        <source>Volume</source>
        <translation>볼륨</translation>
    </message>
    <message>
        <source>{figure} dB</source>
        <translation>{figure} dB</translation>
    </message>
</context>
<context>
    <name>ViewButton</name>
    <message>
        <source>What the picture shows</source>
        <translation>그림에 표시할 내용</translation>
    </message>
    <message>
        <source>View</source>
        <translation>보기</translation>
    </message>
    <message>
        <source>Spectrogram</source>
        <translation>스펙트로그램</translation>
    </message>
    <message>
        <source>Mel bands</source>
        <translation>멜 밴드</translation>
    </message>
    <message>
        <source>Timbre (MFCC)</source>
        <translation>음색(MFCC)</translation>
    </message>
    <message>
        <source>Timbre, even bands (LFCC)</source>
        <translation>음색, 균등 대역(LFCC)</translation>
    </message>
    <message>
        <source>Pitch track</source>
        <translation>피치 트랙</translation>
    </message>
    <message>
        <source>Brightness</source>
        <translation>밝기</translation>
    </message>
</context>
<context>
    <name>WaySection</name>
    <message>
        <source>A to B</source>
        <translation>A → B</translation>
    </message>
    <message>
        <source>From A to B</source>
        <translation>A에서 B로</translation>
    </message>
    <message>
        <source>Slide from one sound to the other</source>
        <translation>한 사운드에서 다른 사운드로 이동합니다</translation>
    </message>
    <message>
        <source>Swap A and B</source>
        <translation>A와 B 맞바꾸기</translation>
    </message>
    <message>
        <source>Right-click two sounds on the pad and choose Set as A, Set as B.</source>
        <translation>패드에서 사운드 두 개를 오른쪽 클릭해 ‘A로 설정’, ‘B로 설정’을 선택하세요.</translation>
    </message>
    <message>
        <source>Steps of the pack</source>
        <translation>팩의 단계 수</translation>
    </message>
    <message>
        <source>{count} steps</source>
        <translation>{count}단계</translation>
    </message>
    <message>
        <source>Export pack…</source>
        <translation>팩 내보내기…</translation>
    </message>
    <message>
        <source>Write many loops at once: from A to B, along a path, over the pad, around the cursor</source>
        <translation>A에서 B까지, 경로를 따라, 패드 전체, 커서 주변에서 여러 루프를 한 번에 내보냅니다</translation>
    </message>
    <message>
        <source>Show</source>
        <translation>보기</translation>
    </message>
    <message>
        <source>Show the folder of the pack</source>
        <translation>팩 폴더 보기</translation>
    </message>
    <message>
        <source>1 loop in {folder}</source>
        <translation>루프 1개: {folder}</translation>
    </message>
    <message>
        <source>{count} loops in {folder}</source>
        <translation>루프 {count}개: {folder}</translation>
    </message>
</context>
<context>
    <name>WorkRow</name>
    <message>
        <source>Cancelling…</source>
        <translation>취소하는 중…</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>취소</translation>
    </message>
    <message>
        <source>Cancel: {title}</source>
        <translation>취소: {title}</translation>
    </message>
    <message>
        <source>{percent} %</source>
        <translation>{percent} %</translation>
    </message>
    <message>
        <source>{time} left</source>
        <translation>{time} 남음</translation>
    </message>
</context>
<context>
    <name>WorkRows</name>
    <message>
        <source>and {count} more</source>
        <translation>외 {count}개</translation>
    </message>
</context>
<context>
    <name>ZoomBadge</name>
    <message>
        <source>{percent} %</source>
        <translation>{percent} %</translation>
    </message>
    <message>
        <source>Show all (0)</source>
        <translation>모두 보기(0)</translation>
    </message>
    <message>
        <source>Zoom: {percent} %. Show all</source>
        <translation>확대/축소: {percent} %. 모두 보기</translation>
    </message>
</context>
</TS>
