<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="zh_CN" sourcelanguage="en">
<context>
    <name>AppearancePage</name>
    <message>
        <source>Appearance</source>
        <translation>外观</translation>
    </message>
    <message>
        <source>System</source>
        <translation>系统</translation>
    </message>
    <message>
        <source>Dark</source>
        <translation>深色</translation>
    </message>
    <message>
        <source>Light</source>
        <translation>浅色</translation>
    </message>
    <message>
        <source>Appearance: {name}</source>
        <translation>外观：{name}</translation>
    </message>
    <message>
        <source>The picture of the sound stays dark: its colours tell how loud it is.</source>
        <translation>声音图像始终保持深色：颜色表示响度。</translation>
    </message>
</context>
<context>
    <name>AudioPage</name>
    <message>
        <source>Audio</source>
        <translation>音频</translation>
    </message>
    <message>
        <source>Sound device</source>
        <translation>音频设备</translation>
    </message>
    <message>
        <source>Latency</source>
        <translation>延迟</translation>
    </message>
    <message>
        <source>How soon you hear what you do. Choose more where the sound crackles.</source>
        <translation>操作后多久能听到声音。若有爆音，请选择更大的值。</translation>
    </message>
    <message>
        <source>Look again</source>
        <translation>重新查找</translation>
    </message>
    <message>
        <source>Look for devices that were plugged in since</source>
        <translation>查找之后接入的设备</translation>
    </message>
    <message>
        <source>Use ASIO</source>
        <translation>使用 ASIO</translation>
    </message>
    <message>
        <source>The driver of your audio interface, with the least latency.</source>
        <translation>音频接口的驱动程序，延迟最低。</translation>
    </message>
    <message>
        <source>System default</source>
        <translation>系统默认</translation>
    </message>
    <message>
        <source>No device found</source>
        <translation>未找到设备</translation>
    </message>
    <message>
        <source>{figure} ms · {frames} frames</source>
        <translation>{figure} ms · {frames} 帧</translation>
    </message>
    <message>
        <source>{device} (not there)</source>
        <translation>{device}（未连接）</translation>
    </message>
</context>
<context>
    <name>BarsField</name>
    <message>
        <source>Length: loops are repeated or cut to it. Type bars, or drag up and down.</source>
        <translation>长度：循环会重复或截短到此长度。输入小节数，或上下拖动。</translation>
    </message>
    <message>
        <source>Length of the loop</source>
        <translation>循环长度</translation>
    </message>
    <message>
        <source>1 bar</source>
        <translation>1 小节</translation>
    </message>
    <message>
        <source>{count} bars</source>
        <translation>{count} 小节</translation>
    </message>
    <message>
        <source>{seconds} s</source>
        <translation>{seconds} 秒</translation>
    </message>
    <message>
        <source>Loop</source>
        <translation>循环</translation>
    </message>
    <message>
        <source>Type a number of bars, such as 1, 2 or 4.</source>
        <translation>请输入小节数，例如 1、2 或 4。</translation>
    </message>
</context>
<context>
    <name>BrowserPanel</name>
    <message>
        <source>Sounds</source>
        <translation>声音</translation>
    </message>
    <message>
        <source>Search 1 sound</source>
        <translation>搜索 1 个声音</translation>
    </message>
    <message>
        <source>Search {count} sounds</source>
        <translation>搜索 {count} 个声音</translation>
    </message>
</context>
<context>
    <name>BrowserTop</name>
    <message>
        <source>Make the browser narrow</source>
        <translation>收窄浏览器</translation>
    </message>
    <message>
        <source>Make the browser wide</source>
        <translation>加宽浏览器</translation>
    </message>
</context>
<context>
    <name>ChipBar</name>
    <message>
        <source>Favourites</source>
        <translation>收藏</translation>
    </message>
    <message>
        <source>On pad</source>
        <translation>面板上</translation>
    </message>
</context>
<context>
    <name>Column</name>
    <message>
        <source>Name</source>
        <translation>名称</translation>
    </message>
    <message>
        <source>Kind</source>
        <translation>种类</translation>
    </message>
    <message>
        <source>Tempo</source>
        <translation>速度</translation>
    </message>
    <message>
        <source>Key</source>
        <translation>调</translation>
    </message>
    <message>
        <source>Length</source>
        <translation>长度</translation>
    </message>
    <message>
        <source>Brightness</source>
        <translation>亮度</translation>
    </message>
    <message>
        <source>Loudness</source>
        <translation>响度</translation>
    </message>
</context>
<context>
    <name>ColumnHeader</name>
    <message>
        <source>Sort by {what}</source>
        <translation>按{what}排序</translation>
    </message>
    <message>
        <source>Sorted by {what}, falling</source>
        <translation>按{what}降序</translation>
    </message>
    <message>
        <source>Sorted by {what}, rising</source>
        <translation>按{what}升序</translation>
    </message>
</context>
<context>
    <name>CommandKeeper</name>
    <message>
        <source>Add loops…</source>
        <translation>添加循环…</translation>
    </message>
    <message>
        <source>Add the demo loops</source>
        <translation>添加演示循环</translation>
    </message>
    <message>
        <source>Add a folder to the browser…</source>
        <translation>向浏览器添加文件夹…</translation>
    </message>
    <message>
        <source>Export…</source>
        <translation>导出…</translation>
    </message>
    <message>
        <source>Keep a render for the DAW</source>
        <translation>为 DAW 保留渲染</translation>
    </message>
    <message>
        <source>Write what you hear into the folder of renders</source>
        <translation>将听到的声音写入渲染文件夹</translation>
    </message>
    <message>
        <source>Export pack…</source>
        <translation>导出循环包…</translation>
    </message>
    <message>
        <source>Settings…</source>
        <translation>设置…</translation>
    </message>
    <message>
        <source>Quit</source>
        <translation>退出</translation>
    </message>
    <message>
        <source>New session</source>
        <translation>新建会话</translation>
    </message>
    <message>
        <source>Open session…</source>
        <translation>打开会话…</translation>
    </message>
    <message>
        <source>Open recent</source>
        <translation>打开最近的会话</translation>
    </message>
    <message>
        <source>Save session</source>
        <translation>保存会话</translation>
    </message>
    <message>
        <source>Save session as…</source>
        <translation>会话另存为…</translation>
    </message>
    <message>
        <source>Save session with its loops inside…</source>
        <translation>保存会话并包含循环…</translation>
    </message>
    <message>
        <source>One file that plays on another machine, too</source>
        <translation>一个在其他电脑上也能播放的文件</translation>
    </message>
    <message>
        <source>No sessions yet</source>
        <translation>还没有会话</translation>
    </message>
    <message>
        <source>Search sounds</source>
        <translation>搜索声音</translation>
    </message>
    <message>
        <source>Close message or search</source>
        <translation>关闭消息或搜索</translation>
    </message>
    <message>
        <source>Blend loops</source>
        <translation>混合循环</translation>
    </message>
    <message>
        <source>Explore around one loop</source>
        <translation>探索一个循环的周围</translation>
    </message>
    <message>
        <source>Go to the pad</source>
        <translation>转到面板</translation>
    </message>
    <message>
        <source>Arrange dots anew</source>
        <translation>重新排列圆点</translation>
    </message>
    <message>
        <source>Show the whole pad</source>
        <translation>显示整个面板</translation>
    </message>
    <message>
        <source>Swap A and B</source>
        <translation>交换 A 和 B</translation>
    </message>
    <message>
        <source>Record a path</source>
        <translation>录制路径</translation>
    </message>
    <message>
        <source>Record a gesture on the pad, or stop</source>
        <translation>录制面板上的手势，或停止</translation>
    </message>
    <message>
        <source>Play or stop the path</source>
        <translation>播放/停止路径</translation>
    </message>
    <message>
        <source>Edit the path&apos;s points</source>
        <translation>编辑路径点</translation>
    </message>
    <message>
        <source>Smooth the path</source>
        <translation>平滑路径</translation>
    </message>
    <message>
        <source>Quantise the path to beats</source>
        <translation>将路径量化到拍</translation>
    </message>
    <message>
        <source>Paths…</source>
        <translation>路径…</translation>
    </message>
    <message>
        <source>Export the path…</source>
        <translation>导出路径…</translation>
    </message>
    <message>
        <source>Play or stop</source>
        <translation>播放/停止</translation>
    </message>
    <message>
        <source>Tap the tempo</source>
        <translation>敲击速度</translation>
    </message>
    <message>
        <source>Type the tempo</source>
        <translation>输入速度</translation>
    </message>
    <message>
        <source>Let each loop keep its own tempo</source>
        <translation>各循环保持自身速度</translation>
    </message>
    <message>
        <source>Louder</source>
        <translation>增大音量</translation>
    </message>
    <message>
        <source>Quieter</source>
        <translation>减小音量</translation>
    </message>
    <message>
        <source>Sound device…</source>
        <translation>音频设备…</translation>
    </message>
    <message>
        <source>All commands…</source>
        <translation>所有命令…</translation>
    </message>
    <message>
        <source>Switch dark and light</source>
        <translation>切换深色/浅色</translation>
    </message>
    <message>
        <source>Language…</source>
        <translation>语言…</translation>
    </message>
    <message>
        <source>Full screen</source>
        <translation>全屏</translation>
    </message>
    <message>
        <source>Tune to these loops</source>
        <translation>针对这些循环微调</translation>
    </message>
    <message>
        <source>Stop tuning</source>
        <translation>停止微调</translation>
    </message>
    <message>
        <source>Open a model…</source>
        <translation>打开模型…</translation>
    </message>
    <message>
        <source>Save the model as…</source>
        <translation>将模型另存为…</translation>
    </message>
    <message>
        <source>Keys and gestures</source>
        <translation>快捷键与手势</translation>
    </message>
    <message>
        <source>Show the log</source>
        <translation>显示日志</translation>
    </message>
    <message>
        <source>Press, drag</source>
        <translation>按下、拖动</translation>
    </message>
    <message>
        <source>Hear what lies there</source>
        <translation>聆听该处的声音</translation>
    </message>
    <message>
        <source>Ctrl+drag, right-drag</source>
        <translation>Ctrl+拖动、右键拖动</translation>
    </message>
    <message>
        <source>Move a dot</source>
        <translation>移动圆点</translation>
    </message>
    <message>
        <source>Shift+drag</source>
        <translation>Shift+拖动</translation>
    </message>
    <message>
        <source>Select dots</source>
        <translation>选择圆点</translation>
    </message>
    <message>
        <source>Alt+drag</source>
        <translation>Alt+拖动</translation>
    </message>
    <message>
        <source>Drag what you hear into the DAW</source>
        <translation>将听到的声音拖到 DAW</translation>
    </message>
    <message>
        <source>Wheel, pinch</source>
        <translation>滚轮、捏合</translation>
    </message>
    <message>
        <source>Zoom</source>
        <translation>缩放</translation>
    </message>
    <message>
        <source>Middle drag</source>
        <translation>中键拖动</translation>
    </message>
    <message>
        <source>Move the view</source>
        <translation>移动视图</translation>
    </message>
    <message>
        <source>Double click</source>
        <translation>双击</translation>
    </message>
    <message>
        <source>Right click</source>
        <translation>右键单击</translation>
    </message>
    <message>
        <source>More, on a dot or beside</source>
        <translation>圆点或空白处的更多操作</translation>
    </message>
    <message>
        <source>Arrows, Shift for less</source>
        <translation>方向键，按 Shift 微调</translation>
    </message>
    <message>
        <source>Move the point</source>
        <translation>移动位置点</translation>
    </message>
    <message>
        <source>Home</source>
        <translation>Home</translation>
    </message>
    <message>
        <source>Go to the centre</source>
        <translation>回到中心</translation>
    </message>
    <message>
        <source>Tab, Enter</source>
        <translation>Tab、Enter</translation>
    </message>
    <message>
        <source>Go from dot to dot, hear one</source>
        <translation>在圆点间切换、聆听一个</translation>
    </message>
    <message>
        <source>Delete</source>
        <translation>Delete</translation>
    </message>
    <message>
        <source>Take selected dots off</source>
        <translation>移除所选圆点</translation>
    </message>
    <message>
        <source>Double click on a path</source>
        <translation>双击路径</translation>
    </message>
    <message>
        <source>Add a point while its points are edited</source>
        <translation>编辑路径点时添加点</translation>
    </message>
    <message>
        <source>Alt+Left, Alt+Right</source>
        <translation>Alt+左、Alt+右</translation>
    </message>
    <message>
        <source>Move a path&apos;s point in time</source>
        <translation>移动路径点的时间</translation>
    </message>
</context>
<context>
    <name>CommandMenu</name>
    <message>
        <source>Main menu</source>
        <translation>主菜单</translation>
    </message>
</context>
<context>
    <name>Commands</name>
    <message>
        <source>File</source>
        <translation>文件</translation>
    </message>
    <message>
        <source>Edit</source>
        <translation>编辑</translation>
    </message>
    <message>
        <source>Pad</source>
        <translation>面板</translation>
    </message>
    <message>
        <source>Playback</source>
        <translation>播放</translation>
    </message>
    <message>
        <source>View</source>
        <translation>视图</translation>
    </message>
    <message>
        <source>Model</source>
        <translation>模型</translation>
    </message>
    <message>
        <source>Help</source>
        <translation>帮助</translation>
    </message>
    <message>
        <source>{text} ({keys})</source>
        <translation>{text}（{keys}）</translation>
    </message>
</context>
<context>
    <name>ControlPage</name>
    <message>
        <source>Controllers</source>
        <translation>控制器</translation>
    </message>
</context>
<context>
    <name>Controller</name>
    <message>
        <source>draft</source>
        <translation>草稿</translation>
    </message>
    <message>
        <source>{count} of {wanted}</source>
        <translation>{count} / {wanted}</translation>
    </message>
    <message>
        <source>Hits kept</source>
        <translation>保留的瞬态</translation>
    </message>
    <message>
        <source>Loudness change</source>
        <translation>响度变化</translation>
    </message>
    <message>
        <source>Evenness</source>
        <translation>均匀度</translation>
    </message>
    <message>
        <source>exact</source>
        <translation>完全一致</translation>
    </message>
    <message>
        <source>Closeness</source>
        <translation>接近度</translation>
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
        <translation>出现问题</translation>
    </message>
    <message>
        <source>MorphStudio met an error that it may not recover from, but your session is saved.</source>
        <translation>MorphStudio 遇到可能无法恢复的错误，但您的会话已保存。</translation>
    </message>
    <message>
        <source>MorphStudio met an error that it may not recover from, and could not save your session.</source>
        <translation>MorphStudio 遇到可能无法恢复的错误，且未能保存您的会话。</translation>
    </message>
    <message>
        <source>MorphStudio met an error that it may not recover from.</source>
        <translation>MorphStudio 遇到可能无法恢复的错误。</translation>
    </message>
    <message>
        <source>Saved session: {path}</source>
        <translation>已保存的会话：{path}</translation>
    </message>
    <message>
        <source>Show log</source>
        <translation>显示日志</translation>
    </message>
    <message>
        <source>Copy details</source>
        <translation>复制详细信息</translation>
    </message>
    <message>
        <source>Quit</source>
        <translation>退出</translation>
    </message>
    <message>
        <source>Go on</source>
        <translation>继续</translation>
    </message>
    <message>
        <source>Copied</source>
        <translation>已复制</translation>
    </message>
</context>
<context>
    <name>DetailsPane</name>
    <message>
        <source>Select a sound to see what it is.</source>
        <translation>选择一个声音以查看其信息。</translation>
    </message>
    <message>
        <source>Waveform and spectrogram</source>
        <translation>波形与频谱图</translation>
    </message>
    <message>
        <source>There is no picture of this file.</source>
        <translation>此文件没有图像。</translation>
    </message>
    <message>
        <source>Kind: {kind}</source>
        <translation>种类：{kind}</translation>
    </message>
    <message>
        <source>Details</source>
        <translation>详细信息</translation>
    </message>
    <message>
        <source>{count} sounds</source>
        <translation>{count} 个声音</translation>
    </message>
    <message>
        <source>The file is not there any more.</source>
        <translation>文件已不存在。</translation>
    </message>
    <message>
        <source>Listening…</source>
        <translation>正在聆听…</translation>
    </message>
</context>
<context>
    <name>DeviceButton</name>
    <message>
        <source>Sound device: {status}</source>
        <translation>音频设备：{status}</translation>
    </message>
</context>
<context>
    <name>DeviceKeeper</name>
    <message>
        <source>The sound keeps stopping</source>
        <translation>声音反复中断</translation>
    </message>
    <message>
        <source>The sound stopped several times within half a minute; it is tried again soon.</source>
        <translation>半分钟内声音多次中断；稍后将重试。</translation>
    </message>
    <message>
        <source>Choose another sound device or a longer latency.</source>
        <translation>请选择其他音频设备或更长的延迟。</translation>
    </message>
    <message>
        <source>No sound device</source>
        <translation>无音频设备</translation>
    </message>
    <message>
        <source>{device} is gone, so the system&apos;s default plays.</source>
        <translation>{device} 已断开，改用系统默认设备播放。</translation>
    </message>
    <message>
        <source>Playing on {device}</source>
        <translation>正在通过 {device} 播放</translation>
    </message>
    <message>
        <source>When it is back, sound goes there by itself; or choose another.</source>
        <translation>重新连接后会自动切换；也可选择其他设备。</translation>
    </message>
    <message>
        <source>Opening sound device…</source>
        <translation>正在打开音频设备…</translation>
    </message>
</context>
<context>
    <name>DeviceMenu</name>
    <message>
        <source>Latency</source>
        <translation>延迟</translation>
    </message>
    <message>
        <source>{frames} frames · {figure} ms</source>
        <translation>{frames} 帧 · {figure} ms</translation>
    </message>
    <message>
        <source>Use ASIO</source>
        <translation>使用 ASIO</translation>
    </message>
    <message>
        <source>Look for devices again</source>
        <translation>重新查找设备</translation>
    </message>
    <message>
        <source>System default</source>
        <translation>系统默认</translation>
    </message>
    <message>
        <source>{device} (not there)</source>
        <translation>{device}（未连接）</translation>
    </message>
    <message>
        <source>No device found</source>
        <translation>未找到设备</translation>
    </message>
</context>
<context>
    <name>DotMenu</name>
    <message>
        <source>Remove</source>
        <translation>移除</translation>
    </message>
    <message>
        <source>Remove {count} loops</source>
        <translation>移除 {count} 个循环</translation>
    </message>
    <message>
        <source>Audition</source>
        <translation>试听</translation>
    </message>
    <message>
        <source>Replace…</source>
        <translation>替换…</translation>
    </message>
    <message>
        <source>More like this</source>
        <translation>查找相似</translation>
    </message>
    <message>
        <source>Tempo and key…</source>
        <translation>速度与调…</translation>
    </message>
    <message>
        <source>Take the session&apos;s tempo from this loop</source>
        <translation>将此循环的速度用于会话</translation>
    </message>
    <message>
        <source>Set as A</source>
        <translation>设为 A</translation>
    </message>
    <message>
        <source>Set as B</source>
        <translation>设为 B</translation>
    </message>
</context>
<context>
    <name>DragOut</name>
    <message>
        <source>Can&apos;t keep the render</source>
        <translation>无法保留渲染</translation>
    </message>
    <message>
        <source>The folder {folder} cannot be made.</source>
        <translation>无法创建文件夹 {folder}。</translation>
    </message>
    <message>
        <source>Choose another folder for renders in the settings.</source>
        <translation>请在设置中选择其他渲染文件夹。</translation>
    </message>
    <message>
        <source>Rendering…</source>
        <translation>正在渲染…</translation>
    </message>
    <message>
        <source>{file} is in {folder}.</source>
        <translation>{file} 位于 {folder}。</translation>
    </message>
    <message>
        <source>Hold the button and move to drag it into another program.</source>
        <translation>按住按钮并移动，即可拖到其他程序。</translation>
    </message>
    <message>
        <source>Render kept</source>
        <translation>已保留渲染</translation>
    </message>
    <message>
        <source>These files are no longer where they were written.</source>
        <translation>这些文件已不在导出时的位置。</translation>
    </message>
    <message>
        <source>Nothing to drag</source>
        <translation>没有可拖动的内容</translation>
    </message>
    <message>
        <source>Export them again.</source>
        <translation>请重新导出。</translation>
    </message>
    <message>
        <source>Pack kept</source>
        <translation>已保留循环包</translation>
    </message>
    <message>
        <source>{count} loops are in {folder}.</source>
        <translation>{count} 个循环位于 {folder}。</translation>
    </message>
    <message>
        <source>Hold the button and move to drag them into another program.</source>
        <translation>按住按钮并移动，即可拖到其他程序。</translation>
    </message>
    <message>
        <source>Show in folder</source>
        <translation>在文件夹中显示</translation>
    </message>
    <message>
        <source>{count} loops</source>
        <translation>{count} 个循环</translation>
    </message>
</context>
<context>
    <name>DragOutHandle</name>
    <message>
        <source>Drag to DAW</source>
        <translation>拖到 DAW</translation>
    </message>
    <message>
        <source>Drag what you hear into your DAW as a file, written as the last export was</source>
        <translation>将听到的声音作为文件拖到 DAW，格式与上次导出相同</translation>
    </message>
</context>
<context>
    <name>DropZone</name>
    <message>
        <source>Click to choose files</source>
        <translation>点击选择文件</translation>
    </message>
    <message>
        <source>Stop reading</source>
        <translation>停止读取</translation>
    </message>
    <message>
        <source>Drop loops or folders here</source>
        <translation>将循环或文件夹拖到此处</translation>
    </message>
    <message>
        <source>Reading {done} of {total}</source>
        <translation>正在读取 {done}/{total}</translation>
    </message>
</context>
<context>
    <name>EmptyPage</name>
    <message>
        <source>Add folder…</source>
        <translation>添加文件夹…</translation>
    </message>
    <message>
        <source>Show all sounds</source>
        <translation>显示所有声音</translation>
    </message>
    <message>
        <source>No sounds yet. Drop some loops below, or add a folder of them.</source>
        <translation>还没有声音。请将循环拖放到下方，或添加循环文件夹。</translation>
    </message>
    <message>
        <source>No sound matches.</source>
        <translation>没有匹配的声音。</translation>
    </message>
    <message>
        <source>Looking for sounds…</source>
        <translation>正在查找声音…</translation>
    </message>
</context>
<context>
    <name>EntryList</name>
    <message>
        <source>{count} sounds</source>
        <translation>{count} 个声音</translation>
    </message>
</context>
<context>
    <name>EntryMenu</name>
    <message>
        <source>Locate…</source>
        <translation>定位…</translation>
    </message>
    <message>
        <source>Audition</source>
        <translation>试听</translation>
    </message>
    <message>
        <source>Put on pad</source>
        <translation>放到面板上</translation>
    </message>
    <message>
        <source>Take off pad</source>
        <translation>从面板移除</translation>
    </message>
    <message>
        <source>More like this</source>
        <translation>查找相似</translation>
    </message>
    <message>
        <source>Kind</source>
        <translation>种类</translation>
    </message>
    <message>
        <source>Set as A</source>
        <translation>设为 A</translation>
    </message>
    <message>
        <source>Set as B</source>
        <translation>设为 B</translation>
    </message>
    <message>
        <source>Favourite</source>
        <translation>收藏</translation>
    </message>
    <message>
        <source>Show in folder</source>
        <translation>在文件夹中显示</translation>
    </message>
</context>
<context>
    <name>EntryModel</name>
    <message>
        <source>{tempo} beats per minute</source>
        <translation>每分钟 {tempo} 拍</translation>
    </message>
    <message>
        <source>on the pad</source>
        <translation>在面板上</translation>
    </message>
    <message>
        <source>favourite</source>
        <translation>已收藏</translation>
    </message>
    <message>
        <source>file is missing</source>
        <translation>文件缺失</translation>
    </message>
    <message>
        <source>The file is not there any more.</source>
        <translation>文件已不存在。</translation>
    </message>
</context>
<context>
    <name>ErrorPlot</name>
    <message>
        <source>measuring the error…</source>
        <translation>正在测量误差…</translation>
    </message>
    <message>
        <source>spectral error %1 dB</source>
        <translation>频谱误差 %1 dB</translation>
    </message>
    <message>
        <source>spectral error %1 → %2 dB</source>
        <translation>频谱误差 %1 → %2 dB</translation>
    </message>
</context>
<context>
    <name>ExportDialog</name>
    <message>
        <source>Export loop</source>
        <translation>导出循环</translation>
    </message>
    <message>
        <source>File name</source>
        <translation>文件名</translation>
    </message>
    <message>
        <source>Repeats</source>
        <translation>重复次数</translation>
    </message>
    <message>
        <source>How many times the loop is in the file</source>
        <translation>文件中循环重复的次数</translation>
    </message>
    <message>
        <source>Tail of one bar</source>
        <translation>一小节尾音</translation>
    </message>
    <message>
        <source>After the last repeat the loop begins once more and fades out within one bar</source>
        <translation>最后一次重复后，循环再次开始并在一小节内淡出</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>取消</translation>
    </message>
    <message>
        <source>Export</source>
        <translation>导出</translation>
    </message>
    <message>
        <source>There is a folder of this name.</source>
        <translation>已存在同名文件夹。</translation>
    </message>
    <message>
        <source>The file would be larger than 4 GB: choose fewer repeats, or FLAC.</source>
        <translation>文件将超过 4 GB：请减少重复次数或选择 FLAC。</translation>
    </message>
    <message>
        <source>{seconds} s, {channels}, {frames} frames, less than {size} MB.</source>
        <translation>{seconds} 秒，{channels}，{frames} 帧，小于 {size} MB。</translation>
    </message>
    <message>
        <source>{seconds} s, {channels}, {frames} frames, {size} MB.</source>
        <translation>{seconds} 秒，{channels}，{frames} 帧，{size} MB。</translation>
    </message>
    <message>
        <source>stereo</source>
        <translation>立体声</translation>
    </message>
    <message>
        <source>mono</source>
        <translation>单声道</translation>
    </message>
    <message>
        <source>It ends in a tail.</source>
        <translation>以尾音结束。</translation>
    </message>
    <message>
        <source>It loops without a seam.</source>
        <translation>可无缝循环。</translation>
    </message>
    <message>
        <source>Replace file</source>
        <translation>替换文件</translation>
    </message>
    <message>
        <source>{file} exists already. Replace it?</source>
        <translation>{file} 已存在。要替换吗？</translation>
    </message>
    <message>
        <source>Replace</source>
        <translation>替换</translation>
    </message>
</context>
<context>
    <name>ExportFields</name>
    <message>
        <source>This folder does not exist.</source>
        <translation>该文件夹不存在。</translation>
    </message>
    <message>
        <source>Nothing may be written in this folder.</source>
        <translation>无法写入该文件夹。</translation>
    </message>
    <message>
        <source>Give a rate from {lowest} to {highest} Hz.</source>
        <translation>请输入 {lowest} 至 {highest} Hz 的采样率。</translation>
    </message>
    <message>
        <source>FLAC takes so high a rate in tens only, such as 88200.</source>
        <translation>FLAC 在如此高的采样率下仅支持 10 的倍数，例如 88200。</translation>
    </message>
    <message>
        <source>Give the file a name.</source>
        <translation>请输入文件名。</translation>
    </message>
    <message>
        <source>A brace in the name has no partner: write fields such as {field}.</source>
        <translation>名称中的花括号不成对：请按 {field} 的形式书写字段。</translation>
    </message>
    <message>
        <source>Give the file a name without {characters} .</source>
        <translation>文件名不能包含 {characters} 。</translation>
    </message>
    <message>
        <source>The file name is too long.</source>
        <translation>文件名过长。</translation>
    </message>
    <message>
        <source>Folder</source>
        <translation>文件夹</translation>
    </message>
    <message>
        <source>Format</source>
        <translation>格式</translation>
    </message>
    <message>
        <source>Bits</source>
        <translation>位深</translation>
    </message>
    <message>
        <source>Sample rate</source>
        <translation>采样率</translation>
    </message>
    <message>
        <source>Level</source>
        <translation>电平</translation>
    </message>
    <message>
        <source>16 bit, dithered</source>
        <translation>16 位，抖动</translation>
    </message>
    <message>
        <source>24 bit</source>
        <translation>24 位</translation>
    </message>
    <message>
        <source>32 bit float</source>
        <translation>32 位浮点</translation>
    </message>
    <message>
        <source>Hz</source>
        <translation>Hz</translation>
    </message>
    <message>
        <source>As heard</source>
        <translation>原样</translation>
    </message>
    <message>
        <source>Peak -1 dB</source>
        <translation>峰值 -1 dB</translation>
    </message>
    <message>
        <source>Loudness -14 LUFS</source>
        <translation>响度 -14 LUFS</translation>
    </message>
    <message>
        <source>Browse…</source>
        <translation>浏览…</translation>
    </message>
    <message>
        <source>The level stays as it is heard.</source>
        <translation>电平保持与听到的一致。</translation>
    </message>
    <message>
        <source>The highest peak comes to -1 dBTP: a true peak, measured between the samples too.</source>
        <translation>最高峰值设为 -1 dBTP：真峰值，采样点之间也会测量。</translation>
    </message>
    <message>
        <source>The loop comes to -14 LUFS, as far as its true peak stays below -1&#xa0;dBTP.</source>
        <translation>在真峰值不超过 -1&#xa0;dBTP 的前提下，循环设为 -14 LUFS。</translation>
    </message>
    <message>
        <source>Export to</source>
        <translation>导出到</translation>
    </message>
</context>
<context>
    <name>Exporter</name>
    <message>
        <source>Exporting {file}</source>
        <translation>正在导出 {file}</translation>
    </message>
    <message>
        <source>Exported</source>
        <translation>已导出</translation>
    </message>
    <message>
        <source>Show in folder</source>
        <translation>在文件夹中显示</translation>
    </message>
    <message>
        <source>{file} was not written.</source>
        <translation>未写入 {file}。</translation>
    </message>
    <message>
        <source>Export cancelled</source>
        <translation>已取消导出</translation>
    </message>
</context>
<context>
    <name>FactTeller</name>
    <message>
        <source>Loudness</source>
        <translation>响度</translation>
    </message>
    <message>
        <source>How loud it is on the whole, as streaming services measure it</source>
        <translation>整体响度（与流媒体服务的测量方式相同）</translation>
    </message>
    <message>
        <source>Brightness</source>
        <translation>亮度</translation>
    </message>
    <message>
        <source>Where the middle of its energy lies</source>
        <translation>能量中心所在的频率</translation>
    </message>
    <message>
        <source>Tempo</source>
        <translation>速度</translation>
    </message>
    <message>
        <source>As its maker wrote it down</source>
        <translation>由作者标注</translation>
    </message>
    <message>
        <source>Note</source>
        <translation>音符</translation>
    </message>
    <message>
        <source>Key</source>
        <translation>调</translation>
    </message>
    <message>
        <source>different</source>
        <translation>各不相同</translation>
    </message>
    <message>
        <source>Known of {known} of {count}</source>
        <translation>已知 {known}/{count}</translation>
    </message>
    <message>
        <source>{low} to {high}</source>
        <translation>{low} 至 {high}</translation>
    </message>
    <message>
        <source>Different kinds</source>
        <translation>不同种类</translation>
    </message>
    <message>
        <source>No kind yet</source>
        <translation>尚无种类</translation>
    </message>
    <message>
        <source>{kind}, by hand</source>
        <translation>{kind}（手动）</translation>
    </message>
    <message>
        <source>Chosen by hand</source>
        <translation>手动选择</translation>
    </message>
    <message>
        <source>Chosen by hand; it sounds like: {kind}</source>
        <translation>手动选择；听起来像：{kind}</translation>
    </message>
    <message>
        <source>Say what it is</source>
        <translation>指定种类</translation>
    </message>
</context>
<context>
    <name>Family</name>
    <message>
        <source>Drums</source>
        <translation>鼓</translation>
    </message>
    <message>
        <source>Perc</source>
        <translation>打击乐</translation>
    </message>
    <message>
        <source>Bass</source>
        <translation>贝斯</translation>
    </message>
    <message>
        <source>Synth</source>
        <translation>合成器</translation>
    </message>
    <message>
        <source>Texture</source>
        <translation>氛围</translation>
    </message>
</context>
<context>
    <name>FaultReporter</name>
    <message>
        <source>Something went wrong</source>
        <translation>出现问题</translation>
    </message>
    <message>
        <source>MorphStudio met an error that it did not expect, and goes on.</source>
        <translation>MorphStudio 遇到意外错误，将继续运行。</translation>
    </message>
    <message>
        <source>The details are in {path}.</source>
        <translation>详细信息见 {path}。</translation>
    </message>
</context>
<context>
    <name>FillButton</name>
    <message>
        <source>Fill the pad from this list</source>
        <translation>用此列表填充面板</translation>
    </message>
    <message>
        <source>{count} sounds that differ most</source>
        <translation>差异最大的 {count} 个</translation>
    </message>
</context>
<context>
    <name>FoldButton</name>
    <message>
        <source>Show details: {name}</source>
        <translation>显示详情：{name}</translation>
    </message>
    <message>
        <source>Hide details: {name}</source>
        <translation>隐藏详情：{name}</translation>
    </message>
</context>
<context>
    <name>FoldersPage</name>
    <message>
        <source>Folders</source>
        <translation>文件夹</translation>
    </message>
    <message>
        <source>Places</source>
        <translation>位置</translation>
    </message>
    <message>
        <source>The browser lists the sounds in these folders.</source>
        <translation>浏览器会列出这些文件夹中的声音。</translation>
    </message>
    <message>
        <source>Add…</source>
        <translation>添加…</translation>
    </message>
    <message>
        <source>Add a place</source>
        <translation>添加位置</translation>
    </message>
    <message>
        <source>Remove</source>
        <translation>移除</translation>
    </message>
    <message>
        <source>Remove the chosen places</source>
        <translation>移除所选位置</translation>
    </message>
    <message>
        <source>Take it off the list; the folder and its sounds stay (Delete)</source>
        <translation>从列表中移除；文件夹及其声音保留（Delete）</translation>
    </message>
    <message>
        <source>Dragged-out loops</source>
        <translation>拖出的循环</translation>
    </message>
    <message>
        <source>What you drag into your DAW is kept here, because its projects point at these files.</source>
        <translation>拖到 DAW 的内容保存在此处，因为 DAW 工程会引用这些文件。</translation>
    </message>
    <message>
        <source>Folder of dragged-out loops</source>
        <translation>拖出的循环所在文件夹</translation>
    </message>
    <message>
        <source>Choose…</source>
        <translation>选择…</translation>
    </message>
    <message>
        <source>Open</source>
        <translation>打开</translation>
    </message>
    <message>
        <source>Show the folder</source>
        <translation>显示文件夹</translation>
    </message>
    <message>
        <source>Reset</source>
        <translation>重置</translation>
    </message>
    <message>
        <source>Back to {folder}</source>
        <translation>恢复为 {folder}</translation>
    </message>
    <message>
        <source>Keep dragged-out loops in</source>
        <translation>拖出的循环保存位置</translation>
    </message>
    <message>
        <source>Nothing may be written in {folder}.</source>
        <translation>无法写入 {folder}。</translation>
    </message>
</context>
<context>
    <name>Format</name>
    <message>
        <source>mono</source>
        <translation>单声道</translation>
    </message>
    <message>
        <source>stereo</source>
        <translation>立体声</translation>
    </message>
    <message>
        <source>{count} channels</source>
        <translation>{count} 声道</translation>
    </message>
</context>
<context>
    <name>Guess</name>
    <message>
        <source>perhaps {what}</source>
        <translation>可能是{what}</translation>
    </message>
    <message>
        <source>{what}, sure</source>
        <translation>{what}，确定</translation>
    </message>
    <message>
        <source>{what}, likely</source>
        <translation>{what}，很可能</translation>
    </message>
    <message>
        <source>{percent} % sure</source>
        <translation>把握 {percent} %</translation>
    </message>
</context>
<context>
    <name>HeardChips</name>
    <message>
        <source>What is heard</source>
        <translation>正在播放的声音</translation>
    </message>
</context>
<context>
    <name>Hearing</name>
    <message>
        <source>darker</source>
        <translation>更暗</translation>
    </message>
    <message>
        <source>brighter</source>
        <translation>更亮</translation>
    </message>
    <message>
        <source>noisier</source>
        <translation>更嘈杂</translation>
    </message>
    <message>
        <source>purer</source>
        <translation>更纯净</translation>
    </message>
    <message>
        <source>fuller</source>
        <translation>更饱满</translation>
    </message>
    <message>
        <source>thinner</source>
        <translation>更单薄</translation>
    </message>
    <message>
        <source>smoother</source>
        <translation>更柔和</translation>
    </message>
    <message>
        <source>punchier</source>
        <translation>更有力</translation>
    </message>
</context>
<context>
    <name>History</name>
    <message>
        <source>Undo {change}</source>
        <translation>撤销：{change}</translation>
    </message>
    <message>
        <source>Undo</source>
        <translation>撤销</translation>
    </message>
    <message>
        <source>Redo {change}</source>
        <translation>重做：{change}</translation>
    </message>
    <message>
        <source>Redo</source>
        <translation>重做</translation>
    </message>
</context>
<context>
    <name>JournalKeeper</name>
    <message>
        <source>1 sound</source>
        <translation>1 个声音</translation>
    </message>
    <message>
        <source>{count} sounds</source>
        <translation>{count} 个声音</translation>
    </message>
    <message>
        <source>There is an unsaved session from {time}</source>
        <translation>有一个 {time} 的未保存会话</translation>
    </message>
    <message>
        <source>It is kept for a week.</source>
        <translation>将保留一周。</translation>
    </message>
    <message>
        <source>Bring it back</source>
        <translation>恢复</translation>
    </message>
</context>
<context>
    <name>Kind</name>
    <message>
        <source>Kick</source>
        <translation>底鼓</translation>
    </message>
    <message>
        <source>Snare</source>
        <translation>军鼓</translation>
    </message>
    <message>
        <source>Clap</source>
        <translation>拍手</translation>
    </message>
    <message>
        <source>Hat</source>
        <translation>踩镲</translation>
    </message>
    <message>
        <source>Cymbal</source>
        <translation>镲</translation>
    </message>
    <message>
        <source>Tom</source>
        <translation>通鼓</translation>
    </message>
    <message>
        <source>Percussion</source>
        <translation>打击乐</translation>
    </message>
    <message>
        <source>Bass</source>
        <translation>贝斯</translation>
    </message>
    <message>
        <source>Synth</source>
        <translation>合成器</translation>
    </message>
    <message>
        <source>Guitar</source>
        <translation>吉他</translation>
    </message>
    <message>
        <source>Keys</source>
        <translation>键盘</translation>
    </message>
    <message>
        <source>Vocal</source>
        <translation>人声</translation>
    </message>
    <message>
        <source>Texture</source>
        <translation>氛围</translation>
    </message>
    <message>
        <source>Drum loop</source>
        <translation>鼓循环</translation>
    </message>
    <message>
        <source>Tonal loop</source>
        <translation>音调循环</translation>
    </message>
</context>
<context>
    <name>KindChip</name>
    <message>
        <source>Loops</source>
        <translation>循环</translation>
    </message>
    <message>
        <source>One-shots</source>
        <translation>单次音</translation>
    </message>
    <message>
        <source>All kinds</source>
        <translation>所有种类</translation>
    </message>
    <message>
        <source>Kinds</source>
        <translation>种类</translation>
    </message>
    <message>
        <source>Kinds: {count}</source>
        <translation>种类：{count}</translation>
    </message>
    <message>
        <source>all</source>
        <translation>全部</translation>
    </message>
    <message>
        <source>Kinds: {names}</source>
        <translation>种类：{names}</translation>
    </message>
    <message>
        <source>What sort of sound</source>
        <translation>何种声音</translation>
    </message>
</context>
<context>
    <name>KindMenu</name>
    <message>
        <source>As listened</source>
        <translation>按聆听结果</translation>
    </message>
</context>
<context>
    <name>LanguagePage</name>
    <message>
        <source>Language</source>
        <translation>语言</translation>
    </message>
    <message>
        <source>System language</source>
        <translation>系统语言</translation>
    </message>
</context>
<context>
    <name>LatentPad</name>
    <message>
        <source>Ctrl+drag or right-drag to move it, right-click for more</source>
        <translation>Ctrl+拖动或右键拖动可移动，右键单击查看更多</translation>
    </message>
</context>
<context>
    <name>LevelMeter</name>
    <message>
        <source>Output level</source>
        <translation>输出电平</translation>
    </message>
    <message>
        <source>True peak: {level}</source>
        <translation>真峰值：{level}</translation>
    </message>
    <message>
        <source>Loudness now: {level}</source>
        <translation>当前响度：{level}</translation>
    </message>
    <message>
        <source>Last 3 seconds: {level}</source>
        <translation>最近 3 秒：{level}</translation>
    </message>
    <message>
        <source>Whole loop: {level}</source>
        <translation>整个循环：{level}</translation>
    </message>
    <message>
        <source>It clipped: turn the volume down.</source>
        <translation>已削波：请调低音量。</translation>
    </message>
    <message>
        <source>Click to reset the peak.</source>
        <translation>点击可重置峰值。</translation>
    </message>
</context>
<context>
    <name>LibraryKeeper</name>
    <message>
        <source>Add sounds</source>
        <translation>添加声音</translation>
    </message>
    <message>
        <source>Add loops</source>
        <translation>添加循环</translation>
    </message>
    <message>
        <source>Add sound</source>
        <translation>添加声音</translation>
    </message>
    <message>
        <source>Replace by</source>
        <translation>替换为</translation>
    </message>
    <message>
        <source>Sounds</source>
        <translation>声音</translation>
    </message>
    <message>
        <source>1 file was on the pad already</source>
        <translation>1 个文件已在面板上</translation>
    </message>
    <message>
        <source>{count} files were on the pad already</source>
        <translation>{count} 个文件已在面板上</translation>
    </message>
    <message>
        <source>Files that were shortened: {count}</source>
        <translation>已截短的文件：{count}</translation>
    </message>
    <message>
        <source>Files that could not be loaded: {count}</source>
        <translation>无法载入的文件：{count}</translation>
    </message>
</context>
<context>
    <name>LiveSpectrogram</name>
    <message>
        <source>Position in the loop, in beats</source>
        <translation>循环内的位置（拍）</translation>
    </message>
    <message>
        <source>Waveform and spectrum of the loop that is playing.</source>
        <translation>正在播放的循环的波形和频谱。</translation>
    </message>
    <message>
        <source>Pitch</source>
        <translation>音高</translation>
    </message>
    <message>
        <source>Brightness</source>
        <translation>亮度</translation>
    </message>
    <message>
        <source>Play something to see it</source>
        <translation>播放后在此显示</translation>
    </message>
</context>
<context>
    <name>LoopPicture</name>
    <message>
        <source>Where the loop begins</source>
        <translation>循环的起始位置</translation>
    </message>
    <message>
        <source>Drag the line to the hit that comes first; with Alt, anywhere</source>
        <translation>将线拖到最先的瞬态；按住 Alt 可放在任意位置</translation>
    </message>
</context>
<context>
    <name>LoopTimePanel</name>
    <message>
        <source>Tempo and key of a loop</source>
        <translation>循环的速度与调</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>关闭</translation>
    </message>
    <message>
        <source>Tempo</source>
        <translation>速度</translation>
    </message>
    <message>
        <source>Begins at</source>
        <translation>起始位置</translation>
    </message>
    <message>
        <source>Shift</source>
        <translation>移调</translation>
    </message>
    <message>
        <source>Tempo of the loop</source>
        <translation>循环的速度</translation>
    </message>
    <message>
        <source>Half the tempo</source>
        <translation>速度减半</translation>
    </message>
    <message>
        <source>The loop is half as fast as that</source>
        <translation>循环的实际速度是它的一半</translation>
    </message>
    <message>
        <source>Double the tempo</source>
        <translation>速度加倍</translation>
    </message>
    <message>
        <source>The loop is twice as fast as that</source>
        <translation>循环的实际速度是它的两倍</translation>
    </message>
    <message>
        <source>Where the loop begins, in milliseconds</source>
        <translation>循环的起始位置（毫秒）</translation>
    </message>
    <message>
        <source>¼ beat earlier</source>
        <translation>提前 ¼ 拍</translation>
    </message>
    <message>
        <source>Begin a quarter of a beat earlier</source>
        <translation>起始位置提前 ¼ 拍</translation>
    </message>
    <message>
        <source>¼ beat later</source>
        <translation>推后 ¼ 拍</translation>
    </message>
    <message>
        <source>Begin a quarter of a beat later</source>
        <translation>起始位置推后 ¼ 拍</translation>
    </message>
    <message>
        <source>Shift in semitones</source>
        <translation>移调（半音）</translation>
    </message>
    <message>
        <source>st</source>
        <translation>半音</translation>
    </message>
    <message>
        <source>Match key of…</source>
        <translation>匹配调…</translation>
    </message>
    <message>
        <source>Shift it the shorter way, so that it goes with another loop</source>
        <translation>沿较近的方向移调，与另一个循环相配</translation>
    </message>
    <message>
        <source>As it came</source>
        <translation>恢复原样</translation>
    </message>
    <message>
        <source>The tempo that was heard, from its first sample, not shifted</source>
        <translation>恢复为检测到的速度、从第一个采样开始、不移调</translation>
    </message>
    <message>
        <source>{time} ms</source>
        <translation>{time} ms</translation>
    </message>
    <message>
        <source>heard: {tempo}</source>
        <translation>检测：{tempo}</translation>
    </message>
    <message>
        <source>no tempo heard</source>
        <translation>未检测到速度</translation>
    </message>
    <message>
        <source>Key: {key}</source>
        <translation>调：{key}</translation>
    </message>
    <message>
        <source>{name} · {key} ({shift} st)</source>
        <translation>{name} · {key}（{shift} 半音）</translation>
    </message>
    <message>
        <source>Type a tempo from {lowest} to {highest}, such as 128 or 128.5.</source>
        <translation>请输入 {lowest} 至 {highest} 的速度，例如 128 或 128.5。</translation>
    </message>
    <message>
        <source>Type milliseconds, less than the {length} of the loop.</source>
        <translation>请输入毫秒数，须小于循环的 {length}。</translation>
    </message>
</context>
<context>
    <name>MessageBar</name>
    <message>
        <source>Close message</source>
        <translation>关闭消息</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>关闭</translation>
    </message>
    <message>
        <source>Details</source>
        <translation>详细信息</translation>
    </message>
    <message>
        <source>(+{count} more)</source>
        <translation>（另有 {count} 条）</translation>
    </message>
    <message>
        <source>Hide details</source>
        <translation>隐藏详细信息</translation>
    </message>
</context>
<context>
    <name>MeterPanel</name>
    <message>
        <source>Meters</source>
        <translation>电平表</translation>
    </message>
    <message>
        <source>True peak</source>
        <translation>真峰值</translation>
    </message>
    <message>
        <source>Loudness, last 3 s</source>
        <translation>响度（最近 3 秒）</translation>
    </message>
    <message>
        <source>Loudness of the loop</source>
        <translation>循环响度</translation>
    </message>
    <message>
        <source>Highest point of the wave, between the samples too. Red: louder than {level}.</source>
        <translation>波形最高点，含采样点之间。红色：超过 {level}。</translation>
    </message>
    <message>
        <source>How loud the last three seconds were.</source>
        <translation>最近三秒的响度。</translation>
    </message>
    <message>
        <source>How loud the loop is from beginning to end, silence left out.</source>
        <translation>整个循环的响度（不含静音）。</translation>
    </message>
</context>
<context>
    <name>MidiSection</name>
    <message>
        <source>Play the pad by MIDI</source>
        <translation>用 MIDI 演奏面板</translation>
    </message>
    <message>
        <source>Input</source>
        <translation>输入</translation>
    </message>
    <message>
        <source>MIDI input</source>
        <translation>MIDI 输入</translation>
    </message>
    <message>
        <source>Left and right</source>
        <translation>左右</translation>
    </message>
    <message>
        <source>Up and down</source>
        <translation>上下</translation>
    </message>
    <message>
        <source>Detail</source>
        <translation>细节</translation>
    </message>
    <message>
        <source>Play and stop</source>
        <translation>播放/停止</translation>
    </message>
    <message>
        <source>Learn</source>
        <translation>学习</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>取消</translation>
    </message>
    <message>
        <source>Clear</source>
        <translation>清除</translation>
    </message>
    <message>
        <source>No control for: {what}</source>
        <translation>清除控制：{what}</translation>
    </message>
    <message>
        <source>Keys from note {number} (C1) up play the dots, in the order in which they came; the harder they are hit, the louder.</source>
        <translation>从音符 {number}（C1）起的琴键按添加顺序播放圆点；弹得越重，声音越大。</translation>
    </message>
    <message>
        <source>MIDI clock sets the tempo</source>
        <translation>由 MIDI 时钟设定速度</translation>
    </message>
    <message>
        <source>Where the other machine starts and stops, so does the loop.</source>
        <translation>循环随另一台设备一起开始和停止。</translation>
    </message>
    <message>
        <source>move a control…</source>
        <translation>请移动控制器…</translation>
    </message>
    <message>
        <source>Stop learning: {what}</source>
        <translation>停止学习：{what}</translation>
    </message>
    <message>
        <source>Learn a control: {what}</source>
        <translation>学习控制：{what}</translation>
    </message>
    <message>
        <source>none</source>
        <translation>无</translation>
    </message>
    <message>
        <source>CC {number} · channel {channel}</source>
        <translation>CC {number} · 通道 {channel}</translation>
    </message>
    <message>
        <source>Pitch bend · channel {channel}</source>
        <translation>弯音 · 通道 {channel}</translation>
    </message>
    <message>
        <source>Note {number} · channel {channel}</source>
        <translation>音符 {number} · 通道 {channel}</translation>
    </message>
    <message>
        <source>MIDI needs more. Install it by {command}, then start MorphStudio again.</source>
        <translation>MIDI 需要另行安装。请用 {command} 安装，然后重新启动 MorphStudio。</translation>
    </message>
    <message>
        <source>Listening to {names}.</source>
        <translation>正在接收 {names}。</translation>
    </message>
    <message>
        <source>It cannot be listened to; another program may have it for itself.</source>
        <translation>无法接收；可能正被其他程序占用。</translation>
    </message>
    <message>
        <source>Not plugged in. As soon as it is, it plays.</source>
        <translation>未连接。接上后即可使用。</translation>
    </message>
    <message>
        <source>All inputs</source>
        <translation>所有输入</translation>
    </message>
    <message>
        <source>{device} (not there)</source>
        <translation>{device}（未连接）</translation>
    </message>
    <message>
        <source>No MIDI input found</source>
        <translation>未找到 MIDI 输入</translation>
    </message>
</context>
<context>
    <name>ModeChips</name>
    <message>
        <source>Blend</source>
        <translation>混合</translation>
    </message>
    <message>
        <source>Morph between the dots</source>
        <translation>在圆点之间变形</translation>
    </message>
    <message>
        <source>Explore</source>
        <translation>探索</translation>
    </message>
    <message>
        <source>Hear what lies around one loop</source>
        <translation>聆听一个循环周围的声音</translation>
    </message>
    <message>
        <source>Mode of the pad</source>
        <translation>面板模式</translation>
    </message>
</context>
<context>
    <name>ModelKeeper</name>
    <message>
        <source>Factory</source>
        <translation>出厂模型</translation>
    </message>
    <message>
        <source>Loading…</source>
        <translation>正在载入…</translation>
    </message>
    <message>
        <source>Getting ready…</source>
        <translation>正在准备…</translation>
    </message>
    <message>
        <source>Stopping…</source>
        <translation>正在停止…</translation>
    </message>
    <message>
        <source>Tuning stopped</source>
        <translation>微调已停止</translation>
    </message>
    <message>
        <source>Nothing was learnt yet; the model is as it was.</source>
        <translation>尚未学到任何内容；模型保持原样。</translation>
    </message>
    <message>
        <source>Nothing to gain</source>
        <translation>没有改进</translation>
    </message>
    <message>
        <source>Tuning found no better model than this one.</source>
        <translation>微调未找到比当前更好的模型。</translation>
    </message>
    <message>
        <source>Learning 1 loop · %2 left</source>
        <translation>正在学习 1 个循环 · 剩余 %2</translation>
    </message>
    <message>
        <source>Learning %1 loops · %2 left</source>
        <translation>正在学习 %1 个循环 · 剩余 %2</translation>
    </message>
    <message>
        <source>Tuned on 1 sound</source>
        <translation>已用 1 个声音微调</translation>
    </message>
    <message>
        <source>Tuned on %1 sounds</source>
        <translation>已用 %1 个声音微调</translation>
    </message>
    <message>
        <source>spectral error %1 → %2 dB</source>
        <translation>频谱误差 %1 → %2 dB</translation>
    </message>
    <message>
        <source>{model} · spectral&#xa0;error&#xa0;{error}&#xa0;dB</source>
        <translation>{model} · 误差&#xa0;{error}&#xa0;dB</translation>
    </message>
    <message>
        <source>Back to factory</source>
        <translation>恢复出厂模型</translation>
    </message>
    <message>
        <source>Back to: %1</source>
        <translation>返回：%1</translation>
    </message>
    <message>
        <source>No model</source>
        <translation>无模型</translation>
    </message>
    <message>
        <source>Nothing can be played.</source>
        <translation>无法播放。</translation>
    </message>
    <message>
        <source>Open a model</source>
        <translation>打开模型</translation>
    </message>
    <message>
        <source>Save the model as</source>
        <translation>将模型另存为</translation>
    </message>
    <message>
        <source>Model saved</source>
        <translation>模型已保存</translation>
    </message>
    <message>
        <source>Models</source>
        <translation>模型</translation>
    </message>
</context>
<context>
    <name>ModelPanel</name>
    <message>
        <source>Model: %1</source>
        <translation>模型：%1</translation>
    </message>
    <message>
        <source>Other models…</source>
        <translation>其他模型…</translation>
    </message>
    <message>
        <source>Model</source>
        <translation>模型</translation>
    </message>
    <message>
        <source>Tune</source>
        <translation>微调</translation>
    </message>
    <message>
        <source>Stop</source>
        <translation>停止</translation>
    </message>
    <message>
        <source>Open…</source>
        <translation>打开…</translation>
    </message>
    <message>
        <source>Save as…</source>
        <translation>另存为…</translation>
    </message>
    <message>
        <source>Progress of tuning</source>
        <translation>微调进度</translation>
    </message>
    <message>
        <source>Tune the model to the loops on the pad</source>
        <translation>针对面板上的循环微调模型</translation>
    </message>
    <message>
        <source>Let the model learn your loops for a minute, so that it plays them closer; sound goes on</source>
        <translation>让模型用一分钟学习您的循环，使播放更贴近原声；声音不会中断</translation>
    </message>
    <message>
        <source>Stop tuning</source>
        <translation>停止微调</translation>
    </message>
    <message>
        <source>Stop now and play the best so far</source>
        <translation>立即停止，并使用目前最好的模型播放</translation>
    </message>
    <message>
        <source>Hear the other model at once; neither is lost</source>
        <translation>立即试听另一个模型；两者都不会丢失</translation>
    </message>
    <message>
        <source>Open a model</source>
        <translation>打开模型</translation>
    </message>
    <message>
        <source>Play with a model that was saved before</source>
        <translation>使用之前保存的模型播放</translation>
    </message>
    <message>
        <source>Save the model</source>
        <translation>保存模型</translation>
    </message>
    <message>
        <source>Keep the model that plays as a file, for other sessions</source>
        <translation>将正在使用的模型保存为文件，供其他会话使用</translation>
    </message>
</context>
<context>
    <name>NameField</name>
    <message>
        <source>Name of the morph</source>
        <translation>变形名称</translation>
    </message>
    <message>
        <source>First loop</source>
        <translation>第一个循环</translation>
    </message>
    <message>
        <source>Second loop</source>
        <translation>第二个循环</translation>
    </message>
    <message>
        <source>Third loop</source>
        <translation>第三个循环</translation>
    </message>
    <message>
        <source>Tempo</source>
        <translation>速度</translation>
    </message>
    <message>
        <source>Key</source>
        <translation>调</translation>
    </message>
    <message>
        <source>Date</source>
        <translation>日期</translation>
    </message>
    <message>
        <source>Free number</source>
        <translation>可用编号</translation>
    </message>
    <message>
        <source>Number in the pack</source>
        <translation>包内编号</translation>
    </message>
    <message>
        <source>Per cent of the way</source>
        <translation>路程百分比</translation>
    </message>
    <message>
        <source>File name</source>
        <translation>文件名</translation>
    </message>
    <message>
        <source>Fields in braces are filled in, as far as they are known</source>
        <translation>花括号中的字段会用已知信息填充</translation>
    </message>
    <message>
        <source>Insert…</source>
        <translation>插入…</translation>
    </message>
    <message>
        <source>Insert a field that is filled in for each file</source>
        <translation>插入会为每个文件自动填充的字段</translation>
    </message>
</context>
<context>
    <name>Note</name>
    <message>
        <source>{note} {cents} cents</source>
        <translation>{note} {cents} 音分</translation>
    </message>
</context>
<context>
    <name>OscSection</name>
    <message>
        <source>Play the pad by OSC</source>
        <translation>用 OSC 演奏面板</translation>
    </message>
    <message>
        <source>Port</source>
        <translation>端口</translation>
    </message>
    <message>
        <source>OSC port</source>
        <translation>OSC 端口</translation>
    </message>
    <message>
        <source>Allow other machines</source>
        <translation>允许其他设备</translation>
    </message>
    <message>
        <source>Tablets and computers in your network can then play, whoever holds them.</source>
        <translation>开启后，网络中的任何平板和电脑都可以演奏，无论由谁操作。</translation>
    </message>
    <message>
        <source>Tell back to</source>
        <translation>反馈地址</translation>
    </message>
    <message>
        <source>Address and port to which OSC tells back</source>
        <translation>OSC 反馈的地址和端口</translation>
    </message>
    <message>
        <source>OSC needs more. Install it by {command}, then start MorphStudio again.</source>
        <translation>OSC 需要另行安装。请用 {command} 安装，然后重新启动 MorphStudio。</translation>
    </message>
    <message>
        <source>Listening to all machines on port {port}.</source>
        <translation>正在端口 {port} 接收所有设备。</translation>
    </message>
    <message>
        <source>Listening to this machine alone, on port {port}.</source>
        <translation>正在端口 {port} 仅接收本机。</translation>
    </message>
    <message>
        <source>That is no address. It looks like {example}.</source>
        <translation>这不是地址。格式如 {example}。</translation>
    </message>
    <message>
        <source>That is another machine: switch on “Allow other machines”.</source>
        <translation>这是其他设备：请开启“允许其他设备”。</translation>
    </message>
    <message>
        <source>Where the cursor, playing and the tempo are told. Empty: nowhere.</source>
        <translation>光标、播放和速度的发送位置。留空则不发送。</translation>
    </message>
</context>
<context>
    <name>Outlet</name>
    <message>
        <source>Path</source>
        <translation>路径</translation>
    </message>
</context>
<context>
    <name>PackDialog</name>
    <message>
        <source>Export pack</source>
        <translation>导出循环包</translation>
    </message>
    <message>
        <source>What</source>
        <translation>内容</translation>
    </message>
    <message>
        <source>How many</source>
        <translation>数量</translation>
    </message>
    <message>
        <source>How far</source>
        <translation>范围</translation>
    </message>
    <message>
        <source>File names</source>
        <translation>文件名</translation>
    </message>
    <message>
        <source>New folder</source>
        <translation>新建文件夹</translation>
    </message>
    <message>
        <source>Rows</source>
        <translation>行</translation>
    </message>
    <message>
        <source>Columns</source>
        <translation>列</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>近</translation>
    </message>
    <message>
        <source>Near</source>
        <translation>中</translation>
    </message>
    <message>
        <source>Wide</source>
        <translation>远</translation>
    </message>
    <message>
        <source>Others</source>
        <translation>换一组</translation>
    </message>
    <message>
        <source>Choose other places by chance</source>
        <translation>随机选择其他位置</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>取消</translation>
    </message>
    <message>
        <source>Where the loops of the pack lie on the pad</source>
        <translation>循环包中的循环在面板上的位置</translation>
    </message>
    <message>
        <source>From {a} to {b}</source>
        <translation>从 {a} 到 {b}</translation>
    </message>
    <message>
        <source>Grid over the whole pad</source>
        <translation>覆盖整个面板的网格</translation>
    </message>
    <message>
        <source>Around the cursor</source>
        <translation>光标周围</translation>
    </message>
    <message>
        <source>Along the path {name}</source>
        <translation>沿路径“{name}”</translation>
    </message>
    <message>
        <source>Along path {number}</source>
        <translation>沿路径 {number}</translation>
    </message>
    <message>
        <source>{a} to {b}</source>
        <translation>{a} 到 {b}</translation>
    </message>
    <message>
        <source>Path {number}</source>
        <translation>路径 {number}</translation>
    </message>
    <message>
        <source>Grid</source>
        <translation>网格</translation>
    </message>
    <message>
        <source>Around {name}</source>
        <translation>{name} 周围</translation>
    </message>
    <message>
        <source>{count} loops of {seconds} s, together less than {size} MB.</source>
        <translation>{count} 个 {seconds} 秒的循环，共小于 {size} MB。</translation>
    </message>
    <message>
        <source>{count} loops of {seconds} s, together {size} MB.</source>
        <translation>{count} 个 {seconds} 秒的循环，共 {size} MB。</translation>
    </message>
</context>
<context>
    <name>PackExporter</name>
    <message>
        <source>Exporting {count} loops: {folder}</source>
        <translation>正在导出 {count} 个循环：{folder}</translation>
    </message>
    <message>
        <source>Show in folder</source>
        <translation>在文件夹中显示</translation>
    </message>
    <message>
        <source>Nothing was written.</source>
        <translation>未写入任何内容。</translation>
    </message>
    <message>
        <source>Pack cancelled</source>
        <translation>已取消导出循环包</translation>
    </message>
    <message>
        <source>Pack exported</source>
        <translation>已导出循环包</translation>
    </message>
    <message>
        <source>{count} loops are in {folder}.</source>
        <translation>{count} 个循环位于 {folder}。</translation>
    </message>
    <message>
        <source>{count} of {wanted} loops are finished, in {folder}.</source>
        <translation>{wanted} 个循环中已完成 {count} 个，位于 {folder}。</translation>
    </message>
    <message>
        <source>The folder {folder} cannot be made ({reason}).</source>
        <translation>无法创建文件夹 {folder}（{reason}）。</translation>
    </message>
    <message>
        <source>Can&apos;t export the pack</source>
        <translation>无法导出循环包</translation>
    </message>
    <message>
        <source>Choose another folder.</source>
        <translation>请选择其他文件夹。</translation>
    </message>
</context>
<context>
    <name>PackHandle</name>
    <message>
        <source>Drag 1 loop</source>
        <translation>拖动 1 个循环</translation>
    </message>
    <message>
        <source>Drag {count} loops</source>
        <translation>拖动 {count} 个循环</translation>
    </message>
    <message>
        <source>Drag all loops of the pack into your DAW at once</source>
        <translation>将循环包中的所有循环一次拖到 DAW</translation>
    </message>
</context>
<context>
    <name>PadSliders</name>
    <message>
        <source>Position, left to right</source>
        <translation>位置（从左到右）</translation>
    </message>
    <message>
        <source>Position, bottom to top</source>
        <translation>位置（从下到上）</translation>
    </message>
</context>
<context>
    <name>PadStage</name>
    <message>
        <source>Each dot is a sound. Press or drag anywhere to hear what lies between the nearest dots. Arrow keys move by a hundredth, with Shift by less; Home goes to the centre. Tab goes from dot to dot, Enter plays one.</source>
        <translation>每个圆点是一个声音。在任意位置按下或拖动，即可听到最近圆点之间的声音。方向键每次移动百分之一，按住 Shift 移动更少；Home 回到中心。Tab 在圆点间切换，Enter 播放一个。</translation>
    </message>
    <message>
        <source>Morph pad</source>
        <translation>变形面板</translation>
    </message>
    <message>
        <source>point {number} of {count} of the path</source>
        <translation>路径点 {number} / {count}</translation>
    </message>
    <message>
        <source>{x} % across, {y} % up</source>
        <translation>横向 {x} %，纵向 {y} %</translation>
    </message>
    <message>
        <source>Press and drag to morph</source>
        <translation>拖动进行变形</translation>
    </message>
</context>
<context>
    <name>PadWelcome</name>
    <message>
        <source>Drop loops or folders here</source>
        <translation>将循环或文件夹拖到此处</translation>
    </message>
    <message>
        <source>Each becomes a dot; what sounds alike lies close. Press between dots and drag to morph.</source>
        <translation>每个都会成为一个圆点，相似的声音彼此靠近。在圆点之间按住并拖动即可变形。</translation>
    </message>
    <message>
        <source>Play with the demo loops</source>
        <translation>试玩演示循环</translation>
    </message>
</context>
<context>
    <name>Palette</name>
    <message>
        <source>Commands</source>
        <translation>命令</translation>
    </message>
    <message>
        <source>What do you want to do?</source>
        <translation>您想做什么？</translation>
    </message>
    <message>
        <source>Find a command</source>
        <translation>查找命令</translation>
    </message>
    <message>
        <source>No command is called that.</source>
        <translation>没有匹配的命令。</translation>
    </message>
</context>
<context>
    <name>PathBar</name>
    <message>
        <source>Press the pad to record 1 bar</source>
        <translation>按下面板录制 1 小节</translation>
    </message>
    <message>
        <source>Press the pad to record {bars} bars</source>
        <translation>按下面板录制 {bars} 小节</translation>
    </message>
    <message>
        <source>Recording bar {bar} of {bars}</source>
        <translation>正在录制：第 {bar} / {bars} 小节</translation>
    </message>
    <message>
        <source>Drag points · Double-click the line to add one · Esc when done</source>
        <translation>拖动点 · 双击线条添加点 · 按 Esc 完成</translation>
    </message>
    <message>
        <source>Path</source>
        <translation>路径</translation>
    </message>
    <message>
        <source>Paths</source>
        <translation>路径</translation>
    </message>
    <message>
        <source>Record, play, change and export paths</source>
        <translation>录制、播放、更改和导出路径</translation>
    </message>
    <message>
        <source>Record a path over 1 bar</source>
        <translation>录制 1 小节的路径</translation>
    </message>
    <message>
        <source>Record a path over {bars} bars</source>
        <translation>录制 {bars} 小节的路径</translation>
    </message>
    <message>
        <source>Do not record</source>
        <translation>不录制</translation>
    </message>
    <message>
        <source>Stop recording and keep nothing</source>
        <translation>停止录制且不保留</translation>
    </message>
    <message>
        <source>Stop the path</source>
        <translation>停止路径</translation>
    </message>
    <message>
        <source>Path: press the pad to record</source>
        <translation>路径：按下面板开始录制</translation>
    </message>
    <message>
        <source>Path: recording</source>
        <translation>路径：正在录制</translation>
    </message>
    <message>
        <source>Path: playing</source>
        <translation>路径：正在播放</translation>
    </message>
</context>
<context>
    <name>PathEdits</name>
    <message>
        <source>Add point after it</source>
        <translation>在其后添加点</translation>
    </message>
    <message>
        <source>Remove point</source>
        <translation>移除点</translation>
    </message>
    <message>
        <source>Add point here</source>
        <translation>在此添加点</translation>
    </message>
    <message>
        <source>Done</source>
        <translation>完成</translation>
    </message>
</context>
<context>
    <name>PathMenu</name>
    <message>
        <source>Record {bars} bars</source>
        <translation>录制 {bars} 小节</translation>
    </message>
    <message>
        <source>Record 1 bar</source>
        <translation>录制 1 小节</translation>
    </message>
    <message>
        <source>Untitled path</source>
        <translation>未命名路径</translation>
    </message>
    <message>
        <source>Stop path</source>
        <translation>停止路径</translation>
    </message>
    <message>
        <source>Play path</source>
        <translation>播放路径</translation>
    </message>
    <message>
        <source>Edit points</source>
        <translation>编辑点</translation>
    </message>
    <message>
        <source>Curved</source>
        <translation>曲线</translation>
    </message>
    <message>
        <source>Smooth</source>
        <translation>平滑</translation>
    </message>
    <message>
        <source>Quantise to beats</source>
        <translation>量化到拍</translation>
    </message>
    <message>
        <source>Quantise to half beats</source>
        <translation>量化到半拍</translation>
    </message>
    <message>
        <source>Rename…</source>
        <translation>重命名…</translation>
    </message>
    <message>
        <source>Delete path</source>
        <translation>删除路径</translation>
    </message>
    <message>
        <source>Export path…</source>
        <translation>导出路径…</translation>
    </message>
</context>
<context>
    <name>PathShelf</name>
    <message>
        <source>Path {number}</source>
        <translation>路径 {number}</translation>
    </message>
    <message>
        <source>Record path</source>
        <translation>录制路径</translation>
    </message>
    <message>
        <source>Smooth path</source>
        <translation>平滑路径</translation>
    </message>
    <message>
        <source>Curve path</source>
        <translation>切换路径曲线</translation>
    </message>
    <message>
        <source>Quantise path</source>
        <translation>量化路径</translation>
    </message>
    <message>
        <source>Rename path</source>
        <translation>重命名路径</translation>
    </message>
    <message>
        <source>Delete path</source>
        <translation>删除路径</translation>
    </message>
    <message>
        <source>Name</source>
        <translation>名称</translation>
    </message>
    <message>
        <source>Rename</source>
        <translation>重命名</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>取消</translation>
    </message>
    <message>
        <source>Move path point</source>
        <translation>移动路径点</translation>
    </message>
    <message>
        <source>Add path point</source>
        <translation>添加路径点</translation>
    </message>
    <message>
        <source>Remove path point</source>
        <translation>移除路径点</translation>
    </message>
</context>
<context>
    <name>PictureReader</name>
    <message>
        <source>Coefficient {number}</source>
        <translation>系数 {number}</translation>
    </message>
    <message>
        <source>Pitch {pitch}</source>
        <translation>音高 {pitch}</translation>
    </message>
    <message>
        <source>Brightness {frequency}</source>
        <translation>亮度 {frequency}</translation>
    </message>
</context>
<context>
    <name>PlaceButton</name>
    <message>
        <source>All sounds</source>
        <translation>所有声音</translation>
    </message>
    <message>
        <source>Place: {place}</source>
        <translation>位置：{place}</translation>
    </message>
    <message>
        <source>Sounds of all folders</source>
        <translation>所有文件夹中的声音</translation>
    </message>
    <message>
        <source>{place} (not there)</source>
        <translation>{place}（不存在）</translation>
    </message>
    <message>
        <source>Add folder…</source>
        <translation>添加文件夹…</translation>
    </message>
    <message>
        <source>Look for new files</source>
        <translation>查找新文件</translation>
    </message>
    <message>
        <source>Show in folder</source>
        <translation>在文件夹中显示</translation>
    </message>
    <message>
        <source>Remove “{place}” from the list</source>
        <translation>从列表中移除“{place}”</translation>
    </message>
</context>
<context>
    <name>PlaceKeeper</name>
    <message>
        <source>Not all of {name} could be looked through</source>
        <translation>未能查看 {name} 的全部内容</translation>
    </message>
    <message>
        <source>Add folder</source>
        <translation>添加文件夹</translation>
    </message>
    <message>
        <source>Where is {name}?</source>
        <translation>{name} 在哪里？</translation>
    </message>
    <message>
        <source>{count} files were found in the same folder.</source>
        <translation>在同一文件夹中找到 {count} 个文件。</translation>
    </message>
    <message>
        <source>Files located</source>
        <translation>已找到文件</translation>
    </message>
</context>
<context>
    <name>ScanStrip</name>
    <message>
        <source>Stop scanning</source>
        <translation>停止扫描</translation>
    </message>
    <message>
        <source>Stop listening</source>
        <translation>停止聆听</translation>
    </message>
    <message>
        <source>Finding sounds: {count} · {place}</source>
        <translation>正在查找声音：{count} · {place}</translation>
    </message>
    <message>
        <source>Listening: {done} of {total}</source>
        <translation>正在聆听：{done}/{total}</translation>
    </message>
    <message>
        <source>Listening: {done} of {total}, {left}</source>
        <translation>正在聆听：{done}/{total}，{left}</translation>
    </message>
    <message>
        <source>{count} h left</source>
        <translation>剩余 {count} 小时</translation>
    </message>
    <message>
        <source>{count} min left</source>
        <translation>剩余 {count} 分钟</translation>
    </message>
    <message>
        <source>{count} s left</source>
        <translation>剩余 {count} 秒</translation>
    </message>
</context>
<context>
    <name>SearchRow</name>
    <message>
        <source>Search sounds</source>
        <translation>搜索声音</translation>
    </message>
    <message>
        <source>What can be searched for</source>
        <translation>可搜索的内容</translation>
    </message>
    <message>
        <source>Names, folders and tags</source>
        <translation>名称、文件夹和标签</translation>
    </message>
    <message>
        <source>Just these words</source>
        <translation>完全匹配这些词</translation>
    </message>
    <message>
        <source>Without a word</source>
        <translation>不含某词</translation>
    </message>
    <message>
        <source>Your own tags</source>
        <translation>自己的标签</translation>
    </message>
    <message>
        <source>Favourites</source>
        <translation>收藏</translation>
    </message>
    <message>
        <source>Kind</source>
        <translation>种类</translation>
    </message>
    <message>
        <source>Loops or one-shots</source>
        <translation>循环或单次音</translation>
    </message>
    <message>
        <source>Tempo</source>
        <translation>速度</translation>
    </message>
    <message>
        <source>Key</source>
        <translation>调</translation>
    </message>
    <message>
        <source>Note</source>
        <translation>音符</translation>
    </message>
    <message>
        <source>Length</source>
        <translation>长度</translation>
    </message>
    <message>
        <source>Brightness</source>
        <translation>亮度</translation>
    </message>
    <message>
        <source>Brightness from and to</source>
        <translation>亮度范围</translation>
    </message>
    <message>
        <source>Loudness</source>
        <translation>响度</translation>
    </message>
</context>
<context>
    <name>SessionEditor</name>
    <message>
        <source>Take sound off</source>
        <translation>移除声音</translation>
    </message>
    <message>
        <source>Take sounds off</source>
        <translation>移除多个声音</translation>
    </message>
    <message>
        <source>Replace sound</source>
        <translation>替换声音</translation>
    </message>
    <message>
        <source>Move dot</source>
        <translation>移动圆点</translation>
    </message>
    <message>
        <source>Move dots</source>
        <translation>移动多个圆点</translation>
    </message>
    <message>
        <source>Arrange dots</source>
        <translation>排列圆点</translation>
    </message>
    <message>
        <source>Change detail</source>
        <translation>更改细节</translation>
    </message>
    <message>
        <source>Switch align hits</source>
        <translation>切换对齐瞬态</translation>
    </message>
    <message>
        <source>Switch match loudness</source>
        <translation>切换匹配响度</translation>
    </message>
    <message>
        <source>Switch even spacing</source>
        <translation>切换均匀间距</translation>
    </message>
    <message>
        <source>Change pitch</source>
        <translation>更改音高</translation>
    </message>
    <message>
        <source>Change options</source>
        <translation>更改选项</translation>
    </message>
    <message>
        <source>Change tempo</source>
        <translation>更改速度</translation>
    </message>
    <message>
        <source>Switch keep pitch</source>
        <translation>切换保持音高</translation>
    </message>
    <message>
        <source>Change a loop&apos;s tempo</source>
        <translation>更改循环的速度</translation>
    </message>
    <message>
        <source>Change path</source>
        <translation>更改路径</translation>
    </message>
    <message>
        <source>Choose A or B</source>
        <translation>选择 A 或 B</translation>
    </message>
    <message>
        <source>Swap A and B</source>
        <translation>交换 A 和 B</translation>
    </message>
</context>
<context>
    <name>SessionKeeper</name>
    <message>
        <source>Open a session</source>
        <translation>打开会话</translation>
    </message>
    <message>
        <source>Opening {name}</source>
        <translation>正在打开 {name}</translation>
    </message>
    <message>
        <source>Save the session as</source>
        <translation>会话另存为</translation>
    </message>
    <message>
        <source>Save the session with its loops inside</source>
        <translation>保存会话并包含循环</translation>
    </message>
    <message>
        <source>Bringing the session back</source>
        <translation>正在恢复会话</translation>
    </message>
    <message>
        <source>A newer MorphStudio saved {name}</source>
        <translation>{name} 由更新版本的 MorphStudio 保存</translation>
    </message>
    <message>
        <source>What this one does not know of it is not heard, so it is not written over.</source>
        <translation>此版本不认识的内容不会播放，因此不会覆盖它。</translation>
    </message>
    <message>
        <source>Save it as another file, or update MorphStudio.</source>
        <translation>请另存为其他文件，或更新 MorphStudio。</translation>
    </message>
    <message>
        <source>1 loop of the session is missing</source>
        <translation>会话缺少 1 个循环</translation>
    </message>
    <message>
        <source>{count} loops of the session are missing</source>
        <translation>会话缺少 {count} 个循环</translation>
    </message>
    <message>
        <source>{names}: last in {folder}.</source>
        <translation>{names}：上次位于 {folder}。</translation>
    </message>
    <message>
        <source>They stay in the session.</source>
        <translation>它们仍保留在会话中。</translation>
    </message>
    <message>
        <source>Locate…</source>
        <translation>定位…</translation>
    </message>
    <message>
        <source>Folder of the missing loops</source>
        <translation>缺失循环所在的文件夹</translation>
    </message>
    <message>
        <source>Looking for missing loops</source>
        <translation>正在查找缺失的循环</translation>
    </message>
    <message>
        <source>Saving {name}</source>
        <translation>正在保存 {name}</translation>
    </message>
    <message>
        <source>Sessions</source>
        <translation>会话</translation>
    </message>
    <message>
        <source>Untitled</source>
        <translation>未命名</translation>
    </message>
</context>
<context>
    <name>SettingsDialog</name>
    <message>
        <source>Settings</source>
        <translation>设置</translation>
    </message>
    <message>
        <source>Pages</source>
        <translation>页面</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>关闭</translation>
    </message>
</context>
<context>
    <name>ShortcutSheet</name>
    <message>
        <source>Mouse on the pad</source>
        <translation>面板上的鼠标操作</translation>
    </message>
    <message>
        <source>Keys and gestures</source>
        <translation>快捷键与手势</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>关闭</translation>
    </message>
</context>
<context>
    <name>SidePanel</name>
    <message>
        <source>Detail</source>
        <translation>细节</translation>
    </message>
    <message>
        <source>How much of the sources&apos; own detail is kept; double click for all of it</source>
        <translation>保留多少原声细节；双击全部保留</translation>
    </message>
    <message>
        <source>Pitch in semitones</source>
        <translation>音高（半音）</translation>
    </message>
    <message>
        <source>Shift what you hear by semitones, in the same time; double click for none</source>
        <translation>以半音为单位移调，时长不变；双击归零</translation>
    </message>
    <message>
        <source>Align hits</source>
        <translation>对齐瞬态</translation>
    </message>
    <message>
        <source>Move the hits of both loops to times in between, so that you hear one groove, not two</source>
        <translation>将两个循环的瞬态移到中间位置，听到的是一个律动而非两个</translation>
    </message>
    <message>
        <source>Match loudness</source>
        <translation>匹配响度</translation>
    </message>
    <message>
        <source>Keep the level steady on the way from one loop to the next</source>
        <translation>在循环之间过渡时保持电平稳定</translation>
    </message>
    <message>
        <source>Even spacing</source>
        <translation>均匀间距</translation>
    </message>
    <message>
        <source>Make equal distances on the pad sound like equal changes, half way sound like half way</source>
        <translation>让面板上相等的距离听起来是相等的变化，中间听起来就是中间</translation>
    </message>
    <message>
        <source>This morph</source>
        <translation>当前变形</translation>
    </message>
    <message>
        <source>Pitch</source>
        <translation>音高</translation>
    </message>
    <message>
        <source>Morph</source>
        <translation>变形</translation>
    </message>
    <message>
        <source>{semitones} st</source>
        <translation>{semitones} 半音</translation>
    </message>
</context>
<context>
    <name>SimilarBar</name>
    <message>
        <source>Timbre</source>
        <translation>音色</translation>
    </message>
    <message>
        <source>Pitch</source>
        <translation>音高</translation>
    </message>
    <message>
        <source>Rhythm</source>
        <translation>节奏</translation>
    </message>
    <message>
        <source>Loudness</source>
        <translation>响度</translation>
    </message>
    <message>
        <source>How much counts: {what}</source>
        <translation>权重：{what}</translation>
    </message>
    <message>
        <source>Like {name}</source>
        <translation>类似 {name}</translation>
    </message>
    <message>
        <source>Show all sounds again</source>
        <translation>重新显示所有声音</translation>
    </message>
    <message>
        <source>Counts for nothing</source>
        <translation>不计入</translation>
    </message>
    <message>
        <source>Counts {percent} %</source>
        <translation>权重 {percent} %</translation>
    </message>
</context>
<context>
    <name>SimilarKeeper</name>
    <message>
        <source>It is too short, or silent.</source>
        <translation>太短或没有声音。</translation>
    </message>
    <message>
        <source>Its neural embedding could not be made.</source>
        <translation>未能生成其神经嵌入。</translation>
    </message>
    <message>
        <source>{name} cannot be compared</source>
        <translation>无法比较 {name}</translation>
    </message>
    <message>
        <source>Listening to {name}</source>
        <translation>正在聆听 {name}</translation>
    </message>
    <message>
        <source>What is like it is listed in a moment.</source>
        <translation>相似的声音马上列出。</translation>
    </message>
</context>
<context>
    <name>SimilarityPage</name>
    <message>
        <source>Similarity</source>
        <translation>相似度</translation>
    </message>
    <message>
        <source>Compare sounds by</source>
        <translation>声音比较方式</translation>
    </message>
    <message>
        <source>Timbre features</source>
        <translation>音色特征</translation>
    </message>
    <message>
        <source>Built in and quick: brightness, colour, attack and movement of the sound.</source>
        <translation>内置且快速：亮度、音色、起音和变化。</translation>
    </message>
    <message>
        <source>Neural embedding ({name})</source>
        <translation>神经嵌入（{name}）</translation>
    </message>
    <message>
        <source>A network that learned from 960 hours of speech. Sounds are listened to once more, which takes much longer than with timbre features.</source>
        <translation>用 960 小时语音训练的网络。声音需要再聆听一遍，比音色特征慢得多。</translation>
    </message>
    <message>
        <source>Fetch ({size})</source>
        <translation>下载（{size}）</translation>
    </message>
    <message>
        <source>Fetch {name} from the internet, {size}</source>
        <translation>从互联网下载 {name}，{size}</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>取消</translation>
    </message>
    <message>
        <source>Stop fetching</source>
        <translation>停止下载</translation>
    </message>
    <message>
        <source>Progress of fetching</source>
        <translation>下载进度</translation>
    </message>
    <message>
        <source>{done} of {total}</source>
        <translation>{done} / {total}</translation>
    </message>
    <message>
        <source>On this computer.</source>
        <translation>已在此电脑上。</translation>
    </message>
    <message>
        <source>On this computer, and in use.</source>
        <translation>已在此电脑上，正在使用。</translation>
    </message>
    <message>
        <source>On this computer. Until all sounds were listened to once more, timbre features are used.</source>
        <translation>已在此电脑上。在重新聆听所有声音之前使用音色特征。</translation>
    </message>
    <message>
        <source>Not on this computer any more; until it is fetched, timbre features are used.</source>
        <translation>已不在此电脑上；下载之前使用音色特征。</translation>
    </message>
    <message>
        <source>Not on this computer yet.</source>
        <translation>尚未在此电脑上。</translation>
    </message>
</context>
<context>
    <name>SortBar</name>
    <message>
        <source>Name</source>
        <translation>名称</translation>
    </message>
    <message>
        <source>Tempo</source>
        <translation>速度</translation>
    </message>
    <message>
        <source>Key</source>
        <translation>调</translation>
    </message>
    <message>
        <source>Kind</source>
        <translation>种类</translation>
    </message>
    <message>
        <source>Note</source>
        <translation>音符</translation>
    </message>
    <message>
        <source>Length</source>
        <translation>长度</translation>
    </message>
    <message>
        <source>Brightness</source>
        <translation>亮度</translation>
    </message>
    <message>
        <source>Loudness</source>
        <translation>响度</translation>
    </message>
    <message>
        <source>Recently added</source>
        <translation>最近添加</translation>
    </message>
    <message>
        <source>Similarity</source>
        <translation>相似度</translation>
    </message>
    <message>
        <source>Sorted by {what}</source>
        <translation>排序：{what}</translation>
    </message>
    <message>
        <source>What the list is sorted by</source>
        <translation>列表的排序依据</translation>
    </message>
    <message>
        <source>Falling</source>
        <translation>降序</translation>
    </message>
    <message>
        <source>Rising</source>
        <translation>升序</translation>
    </message>
</context>
<context>
    <name>SpaceMenu</name>
    <message>
        <source>Add loops…</source>
        <translation>添加循环…</translation>
    </message>
    <message>
        <source>Arrange anew</source>
        <translation>重新排列</translation>
    </message>
    <message>
        <source>Show all</source>
        <translation>显示全部</translation>
    </message>
</context>
<context>
    <name>StoragePage</name>
    <message>
        <source>Storage</source>
        <translation>存储</translation>
    </message>
    <message>
        <source>Dragged-out loops</source>
        <translation>拖出的循环</translation>
    </message>
    <message>
        <source>Work files</source>
        <translation>工作文件</translation>
    </message>
    <message>
        <source>Neural embedding</source>
        <translation>神经嵌入</translation>
    </message>
    <message>
        <source>Log</source>
        <translation>日志</translation>
    </message>
    <message>
        <source>Settings</source>
        <translation>设置</translation>
    </message>
    <message>
        <source>Open the folder: {name}</source>
        <translation>打开文件夹：{name}</translation>
    </message>
    <message>
        <source>Show the folder</source>
        <translation>显示文件夹</translation>
    </message>
    <message>
        <source>Clear loops older than {days} days…</source>
        <translation>清除 {days} 天前的循环…</translation>
    </message>
    <message>
        <source>Delete neural embedding</source>
        <translation>删除神经嵌入</translation>
    </message>
    <message>
        <source>It can be fetched again, under Similarity.</source>
        <translation>可在“相似度”中重新下载。</translation>
    </message>
    <message>
        <source>counting…</source>
        <translation>正在统计…</translation>
    </message>
    <message>
        <source>nothing yet</source>
        <translation>暂无</translation>
    </message>
    <message>
        <source>{size} in {count} files</source>
        <translation>{size}（{count} 个文件）</translation>
    </message>
    <message>
        <source>Only a folder called “{name}” is ever cleared.</source>
        <translation>只会清除名为“{name}”的文件夹。</translation>
    </message>
    <message>
        <source>Some loops could not be deleted. Close the program that uses them and try again.</source>
        <translation>部分循环无法删除。请关闭正在使用它们的程序后重试。</translation>
    </message>
    <message>
        <source>{size} freed.</source>
        <translation>已释放 {size}。</translation>
    </message>
    <message>
        <source>No loop is older than {days} days.</source>
        <translation>没有超过 {days} 天的循环。</translation>
    </message>
    <message>
        <source>Clear old loops</source>
        <translation>清除旧循环</translation>
    </message>
    <message>
        <source>Delete {count} dragged-out loops ({size}) that are older than {days} days?</source>
        <translation>要删除 {days} 天前拖出的 {count} 个循环（{size}）吗？</translation>
    </message>
    <message>
        <source>DAW projects that use them from this folder will not find them any more.</source>
        <translation>引用此文件夹中文件的 DAW 工程将无法再找到它们。</translation>
    </message>
    <message>
        <source>Delete</source>
        <translation>删除</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>取消</translation>
    </message>
</context>
<context>
    <name>Studio</name>
    <message>
        <source>MorphStudio ended unexpectedly last time</source>
        <translation>MorphStudio 上次意外退出</translation>
    </message>
    <message>
        <source>Files and exports are as they were.</source>
        <translation>文件和导出内容保持原样。</translation>
    </message>
    <message>
        <source>Show report</source>
        <translation>显示报告</translation>
    </message>
</context>
<context>
    <name>TagField</name>
    <message>
        <source>Add a tag</source>
        <translation>添加标签</translation>
    </message>
    <message>
        <source>New tag</source>
        <translation>新标签</translation>
    </message>
    <message>
        <source>dusty, lo-fi</source>
        <translation>复古, 低保真</translation>
    </message>
    <message>
        <source>+ Tag</source>
        <translation>+ 标签</translation>
    </message>
    <message>
        <source>Take away the tag “{tag}”</source>
        <translation>移除标签“{tag}”</translation>
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
        <translation>没有已知速度的循环</translation>
    </message>
    <message>
        <source>Free: each loop at its own tempo</source>
        <translation>自由：各循环按自身速度播放</translation>
    </message>
    <message>
        <source>From a loop</source>
        <translation>取自循环</translation>
    </message>
    <message>
        <source>Keep the loops&apos; pitch</source>
        <translation>保持循环的音高</translation>
    </message>
    <message>
        <source>Beats in a bar</source>
        <translation>每小节拍数</translation>
    </message>
    <message>
        <source>Tempo: type it or drag up and down, with Shift by tenths. Right-click for more.</source>
        <translation>速度：输入数值或上下拖动，按住 Shift 以 0.1 微调。右键单击查看更多。</translation>
    </message>
    <message>
        <source>Tempo</source>
        <translation>速度</translation>
    </message>
    <message>
        <source>free</source>
        <translation>自由</translation>
    </message>
    <message>
        <source>Half: {tempo}</source>
        <translation>减半：{tempo}</translation>
    </message>
    <message>
        <source>Double: {tempo}</source>
        <translation>加倍：{tempo}</translation>
    </message>
    <message>
        <source>Type a tempo from {lowest} to {highest}, such as 128 or 128.5.</source>
        <translation>请输入 {lowest} 至 {highest} 的速度，例如 128 或 128.5。</translation>
    </message>
</context>
<context>
    <name>TimeKeeper</name>
    <message>
        <source>No tempo was heard</source>
        <translation>未检测到速度</translation>
    </message>
    <message>
        <source>{name} is too short to have a tempo.</source>
        <translation>{name} 太短，没有速度。</translation>
    </message>
    <message>
        <source>Take it from another loop, or type it.</source>
        <translation>请从其他循环获取，或直接输入。</translation>
    </message>
</context>
<context>
    <name>TransportBar</name>
    <message>
        <source>No sound device</source>
        <translation>无音频设备</translation>
    </message>
    <message>
        <source>Stop</source>
        <translation>停止</translation>
    </message>
    <message>
        <source>Play</source>
        <translation>播放</translation>
    </message>
    <message>
        <source>Main menu</source>
        <translation>主菜单</translation>
    </message>
    <message>
        <source>Menu</source>
        <translation>菜单</translation>
    </message>
    <message>
        <source>Play or stop (Space)</source>
        <translation>播放/停止（Space）</translation>
    </message>
    <message>
        <source>Tap</source>
        <translation>敲击</translation>
    </message>
    <message>
        <source>Tap the tempo, three times or more (T)</source>
        <translation>按速度敲击三次或更多（T）</translation>
    </message>
    <message>
        <source>Volume: {level}; double click for 0 dB</source>
        <translation>音量：{level}；双击恢复 0 dB</translation>
    </message>
    <message>
        <source>Export…</source>
        <translation>导出…</translation>
    </message>
    <message>
        <source>Write what you hear as a sound file (Ctrl+E)</source>
        <translation>将听到的声音写为音频文件（Ctrl+E）</translation>
    </message>
    <message>
        <source>Volume</source>
        <translation>音量</translation>
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
        <translation>图像显示的内容</translation>
    </message>
    <message>
        <source>View</source>
        <translation>视图</translation>
    </message>
    <message>
        <source>Spectrogram</source>
        <translation>频谱图</translation>
    </message>
    <message>
        <source>Mel bands</source>
        <translation>梅尔频带</translation>
    </message>
    <message>
        <source>Timbre (MFCC)</source>
        <translation>音色（MFCC）</translation>
    </message>
    <message>
        <source>Timbre, even bands (LFCC)</source>
        <translation>音色，等宽频带（LFCC）</translation>
    </message>
    <message>
        <source>Pitch track</source>
        <translation>音高轨迹</translation>
    </message>
    <message>
        <source>Brightness</source>
        <translation>亮度</translation>
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
        <translation>从 A 到 B</translation>
    </message>
    <message>
        <source>Slide from one sound to the other</source>
        <translation>从一个声音滑到另一个</translation>
    </message>
    <message>
        <source>Swap A and B</source>
        <translation>交换 A 和 B</translation>
    </message>
    <message>
        <source>Right-click two sounds on the pad and choose Set as A, Set as B.</source>
        <translation>右键单击面板上的两个声音，选择“设为 A”和“设为 B”。</translation>
    </message>
    <message>
        <source>Steps of the pack</source>
        <translation>循环包的步数</translation>
    </message>
    <message>
        <source>{count} steps</source>
        <translation>{count} 步</translation>
    </message>
    <message>
        <source>Export pack…</source>
        <translation>导出循环包…</translation>
    </message>
    <message>
        <source>Write many loops at once: from A to B, along a path, over the pad, around the cursor</source>
        <translation>一次导出多个循环：从 A 到 B、沿路径、整个面板或光标周围</translation>
    </message>
    <message>
        <source>Show</source>
        <translation>显示</translation>
    </message>
    <message>
        <source>Show the folder of the pack</source>
        <translation>显示循环包的文件夹</translation>
    </message>
    <message>
        <source>1 loop in {folder}</source>
        <translation>1 个循环：{folder}</translation>
    </message>
    <message>
        <source>{count} loops in {folder}</source>
        <translation>{count} 个循环：{folder}</translation>
    </message>
</context>
<context>
    <name>WorkRow</name>
    <message>
        <source>Cancelling…</source>
        <translation>正在取消…</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>取消</translation>
    </message>
    <message>
        <source>Cancel: {title}</source>
        <translation>取消：{title}</translation>
    </message>
    <message>
        <source>{percent} %</source>
        <translation>{percent} %</translation>
    </message>
    <message>
        <source>{time} left</source>
        <translation>剩余 {time}</translation>
    </message>
</context>
<context>
    <name>WorkRows</name>
    <message>
        <source>and {count} more</source>
        <translation>另有 {count} 项</translation>
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
        <translation>显示全部（0）</translation>
    </message>
    <message>
        <source>Zoom: {percent} %. Show all</source>
        <translation>缩放：{percent} %。显示全部</translation>
    </message>
</context>
</TS>
